/**
 * 列 (columns): under which headers other systems and people write the same thing, in Chinese and
 * English, and the headers of our own templates. A new system is a few more names here.
 */

import { halfWidth } from '#domain/values/half-width.ts'
import type { Label } from '#domain/masters/master-field.ts'

export interface Column<Key extends string = string> {
  readonly key: Key
  /** The header in our own template. */
  readonly label: Label
  /** Other headers for the same, as `headerKey` writes them. */
  readonly names: readonly string[]
  /** A file without it cannot be imported; a row without it is refused. */
  readonly isRequired?: true
  /** Known, and not taken over: named to the person instead of being passed over in silence. */
  readonly isIgnored?: true
}

/** '税率（％）*' → '税率(%)': what headers are compared by. */
export function headerKey(header: string): string {
  return halfWidth(header)
    .replace(/[\s*_\u200b\ufeff]/g, '')
    .toLowerCase()
}

/** '保质期(天)' → '保质期': the unit in brackets left out, for headers that are not known with it. */
export function headerKeyWithoutUnit(header: string): string {
  return headerKey(header).replace(/[([【].*$/, '')
}

const code = {
  label: ['商品编码', 'Code'],
  names: [
    '编码',
    '编号',
    '货号',
    '商品编号',
    '商品代码',
    '商品货号',
    '产品编码',
    '物料编码',
    '存货编码',
    'sku',
    'skucode',
    'itemcode',
    'itemno',
    'stockcode',
    'productcode',
  ],
} as const

const barcode = {
  label: ['条码', 'Barcode'],
  names: ['基本条码', '条形码', '商品条码', '国际条码', '69码', 'ean', 'ean13', 'upc', 'gtin'],
} as const

const name = {
  label: ['名称', 'Name'],
  names: [
    '商品名称',
    '品名',
    '产品名称',
    '存货名称',
    '货品名称',
    '物料名称',
    'productname',
    'itemname',
    'description',
  ],
} as const

const note = { label: ['备注', 'Note'], names: ['说明', 'remark', 'remarks', 'memo'] } as const

const status = {
  label: ['状态', 'Status'],
  names: ['启用', '是否启用', 'enabled', 'active'],
} as const

export const productColumns = [
  { key: 'code', ...code },
  { key: 'name', ...name, isRequired: true },
  {
    key: 'initials',
    label: ['助记码', 'Initials'],
    names: ['拼音码', '拼音首字母', '拼音简码', 'pinyin'],
  },
  { key: 'specification', label: ['规格', 'Specification'], names: ['规格型号', 'spec', 'specs'] },
  { key: 'model', label: ['型号', 'Model'], names: [] },
  { key: 'color', label: ['颜色', 'Colour'], names: ['color'] },
  { key: 'brand', label: ['品牌', 'Brand'], names: ['商标'] },
  {
    key: 'category',
    label: ['类别', 'Category'],
    names: ['分类', '商品分类', '商品类别', '类目', '品类', 'categoryname'],
  },
  { key: 'kind', label: ['商品类型', 'Kind'], names: ['类型', '商品性质', 'producttype'] },
  {
    key: 'baseUnit',
    label: ['基本单位', 'Unit'],
    names: ['单位', '计量单位', '主单位', '最小单位', 'baseunit', 'uom'],
    isRequired: true,
  },
  { key: 'barcode', ...barcode },
  {
    key: 'packUnit',
    label: ['副单位', 'Second unit'],
    names: ['辅单位', '辅助单位', '大单位', '包装单位', 'packunit'],
  },
  {
    key: 'packSize',
    label: ['比例', 'Pack size'],
    names: ['换算率', '换算比例', '换算关系', '装箱数', '箱规', 'ratio', 'factor'],
  },
  {
    key: 'packBarcode',
    label: ['副条码', 'Pack barcode'],
    names: ['箱码', '辅助条码', '大单位条码'],
  },
  {
    key: 'options',
    label: ['多属性', 'Options'],
    names: ['规格属性', '销售属性', 'variant', 'option'],
  },
  {
    key: 'purchasePrice',
    label: ['采购价', 'Purchase price'],
    names: ['进价', '参考进价', '进货价', '采购单价', '成本价', 'cost', 'costprice', 'buyingprice'],
  },
  {
    key: 'retailPrice',
    label: ['零售价', 'Retail price'],
    names: ['售价', '标价', 'price', 'salesprice'],
  },
  { key: 'wholesalePrice', label: ['销售价', 'Wholesale price'], names: ['批发价', '批发单价'] },
  { key: 'minimumPrice', label: ['最低售价', 'Minimum price'], names: ['最低价', '最低销售价'] },
  {
    key: 'shelfLifeDays',
    label: ['保质期(天)', 'Shelf life (days)'],
    names: ['保质期', '保质天数', 'shelflife'],
  },
  { key: 'manufacturer', label: ['制造商', 'Manufacturer'], names: ['生产厂家', '厂家', '生产商'] },
  { key: 'note', ...note },
  { key: 'status', ...status },
  { key: 'serial', label: ['序列号', 'Serial numbers'], names: [], isIgnored: true },
  { key: 'batch', label: ['批号', 'Batches'], names: ['批次'], isIgnored: true },
  {
    key: 'weight',
    label: ['基础重量(kg)', 'Weight'],
    names: ['基础重量', '重量'],
    isIgnored: true,
  },
  { key: 'shelf', label: ['仓位货架', 'Shelf'], names: ['货位', '库位'], isIgnored: true },
  { key: 'extra1', label: ['扩展1', 'Extra 1'], names: [], isIgnored: true },
  { key: 'extra2', label: ['扩展2', 'Extra 2'], names: [], isIgnored: true },
  { key: 'extra3', label: ['扩展3', 'Extra 3'], names: [], isIgnored: true },
] as const satisfies readonly Column[]

export const partyColumns = [
  {
    key: 'name',
    label: ['名称', 'Name'],
    names: [
      '客户名称',
      '供应商名称',
      '客户',
      '供应商',
      '单位名称',
      'customername',
      'suppliername',
      'company',
    ],
    isRequired: true,
  },
  {
    key: 'code',
    label: ['编码', 'Code'],
    names: ['编号', '客户编码', '供应商编码', '客户编号', '供应商编号'],
  },
  { key: 'contact', label: ['联系人', 'Contact'], names: ['联络人', 'contactname'] },
  { key: 'mobile', label: ['手机号码', 'Mobile'], names: ['手机', '手机号', 'mobilephone'] },
  { key: 'phone', label: ['联系电话', 'Phone'], names: ['电话', '座机', 'tel', 'telephone'] },
  { key: 'email', label: ['电子邮箱', 'E-mail'], names: ['邮箱', 'email', '电子邮件'] },
  { key: 'address', label: ['地址', 'Address'], names: ['联系地址', '详细地址'] },
  {
    key: 'taxNumber',
    label: ['纳税人识别号', 'Tax number'],
    names: ['税号', '统一社会信用代码', '纳税识别号', 'vatnumber'],
  },
  { key: 'taxRate', label: ['税率(%)', 'Tax rate (%)'], names: ['税率'] },
  { key: 'bankName', label: ['开户行', 'Bank'], names: ['开户银行', '银行'] },
  { key: 'bankAccount', label: ['账号', 'Bank account'], names: ['银行账号', '银行账户', '帐号'] },
  {
    key: 'openingReceivable',
    label: ['期初应收', 'Opening receivable'],
    names: ['应收余额', '初始应收'],
  },
  {
    key: 'openingPayable',
    label: ['期初应付', 'Opening payable'],
    names: ['应付余额', '初始应付'],
  },
  { key: 'note', ...note },
  { key: 'status', ...status },
  { key: 'fax', label: ['传真', 'Fax'], names: [], isIgnored: true },
  { key: 'sort', label: ['排序', 'Order'], names: [], isIgnored: true },
] as const satisfies readonly Column[]

export const openingColumns = [
  {
    key: 'warehouse',
    label: ['仓库', 'Warehouse'],
    names: ['仓库名称', '所在仓库', '门店仓库', 'location'],
  },
  { key: 'code', ...code },
  { key: 'barcode', ...barcode },
  {
    key: 'quantity',
    label: ['数量', 'Quantity'],
    names: [
      '期初数量',
      '库存数量',
      '库存',
      '结存数量',
      '现存量',
      'qty',
      'opening',
      'onhand',
      'stock',
    ],
    isRequired: true,
  },
  { key: 'unit', label: ['单位', 'Unit'], names: ['计量单位', 'uom'] },
  {
    key: 'price',
    label: ['单价', 'Unit cost'],
    names: ['成本价', '成本单价', '期初单价', '采购价', '进价', 'cost', 'unitprice', 'price'],
  },
  {
    key: 'amount',
    label: ['金额', 'Amount'],
    names: ['期初金额', '库存金额', '成本金额', '结存金额', 'value'],
  },
  { key: 'name', ...name, isIgnored: true },
  { key: 'note', ...note, isIgnored: true },
] as const satisfies readonly Column[]

export const transactionColumns = [
  {
    key: 'invoice',
    label: ['单号', 'InvoiceNo'],
    names: ['单据编号', '销售单号', 'invoice'],
    isRequired: true,
  },
  { key: 'code', ...code, isRequired: true },
  { key: 'name', ...name },
  { key: 'quantity', label: ['数量', 'Quantity'], names: ['qty'], isRequired: true },
  {
    key: 'at',
    label: ['时间', 'InvoiceDate'],
    names: ['日期', '业务日期', 'date'],
    isRequired: true,
  },
  { key: 'price', label: ['单价', 'UnitPrice'], names: ['price'], isRequired: true },
  { key: 'customer', label: ['客户', 'CustomerID'], names: ['客户编码', 'customer'] },
  { key: 'country', label: ['国家', 'Country'], names: [] },
] as const satisfies readonly Column[]
