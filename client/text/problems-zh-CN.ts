/** What happened and what to do, in Chinese, for every code of problem-codes.ts. */
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { moneyDecimals } from '#domain/values/money.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import type { Facts, ProblemTexts } from './problem-saying.ts'

export const problemsZhCn: ProblemTexts = {
  required: ['这一项必须填', '填好后再过账。'],
  'unknown-field': ['单据里有不认识的内容', '请把程序更新到最新版本再打开。'],
  'field-unknown': ['资料里有不认识的栏目', '请把程序更新到最新版本再打开。'],
  'field-not-missing': ['这一项已经有人补过了', '刷新后查看，无需再补。'],
  'nothing-missing': ['这张单据没有需要补的内容', '刷新后查看。'],
  'unknown-reference': ['选的资料不在了', '重新选择，或等同步完成后再试。'],
  'reference-disabled': ['选的资料已停用', '换一个，或请店长启用它。'],
  'reference-malformed': ['选的资料不对', '从列表里重新选择。'],
  'choice-unknown': ['选项不对', '从列表里重新选择。'],
  'date-malformed': ['日期不对', '按 2026-11-22 这样填写。'],
  'dated-in-future': ['业务时间在将来', '改成现在或以前；若时间本来是对的，请校准这台设备的时钟。'],
  'must-be-text': ['这里要填文字', '重新填写。'],
  'must-be-integer': ['这里要填整数', '重新填写。'],
  'must-be-positive': ['要大于零', '填一个大于零的数；退回或冲减请用对应的单据。'],
  'must-not-be-negative': ['不能是负数', '填零或更大的数。'],
  'list-malformed': ['清单的内容不对', '重新填写。'],
  'text-untidy': ['文字首尾有空格，或有换行等看不见的字符', '去掉后再保存。'],
  'text-too-long': ['文字太长', '缩短一些。'],
  'text-ill-formed': ['文字里有无法保存的字符', '删掉后重新输入。'],
  'not-a-number': ['这里要填数字', '只用数字和小数点。'],
  'number-too-large': ['数太大了', '检查是否多打了几位。'],
  'number-out-of-range': ['数超出了范围', '检查后重新填写。'],
  'number-not-integer': ['这里要填整数', '去掉小数。'],
  'too-many-decimals': ['小数位太多', '数量最多 4 位，单价最多 6 位，金额 2 位。'],
  'quantity-malformed': ['数量看不懂', '写成 40、2.5 或 3箱4瓶。'],
  'quantity-too-large': ['数量太大了', '检查是否多打了几位，或把条码扫进了数量。'],
  'unit-unknown': ['这个商品没有这个单位', '换一个单位，或在商品资料里添加。'],
  'unit-repeated': ['同一个单位写了两次', '合在一起写，例如 3箱4瓶。'],
  'unit-not-exact': ['换算后不是整的', '改用小单位填写，不会替你四舍五入。'],
  'option-repeated': ['选项重复了', '去掉一个。'],
  'parent-is-itself': ['上级不能是自己', '换一个上级。'],
  'branch-code-malformed': ['门店编号不对', '用三位数字，例如 002。'],
  'too-many-options': ['选项太多', '去掉不用的。'],
  'too-many-units': ['单位太多', '去掉不用的。'],

  'no-lines': ['还没有明细', '扫码或录入至少一行商品。'],
  'too-many-lines': (facts) => [`明细超过 ${plain(facts, 'limit', '1000')} 行`, '分成两张单据。'],
  'line-repeated': ['有两行是同一行', '删掉一行再试。'],
  'line-unknown': ['这一行已被别人删掉', '不用处理；需要的话重新录入。'],
  'warehouse-of-other-branch': ['这个仓库属于别的门店', '选本店的仓库；跨店请用调拨。'],
  'same-warehouse': ['调出和调入是同一个仓库', '换一个调入仓库。'],
  'service-not-stocked': ['这是服务项目，没有库存', '从明细里去掉它。'],
  'stock-short': (facts) => [
    `库存不够：现存 ${steps(facts, 'onHand')}，要出 ${steps(facts, 'wanted')}`,
    '改数量，或先做入库；确实有货请先盘点。',
  ],
  'returned-too-much': (facts) => [
    `退得比可退的多：还可退 ${steps(facts, 'returnable')}`,
    '改小数量；已经退过的部分不能再退。',
  ],
  'origin-unknown': ['找不到原单', '等同步完成，或重新选择原单。'],
  'origin-reversed': ['原单已红冲', '换一张有效的单据。'],
  'origin-type-wrong': ['原单的类型不对', '重新选择原单。'],
  'origin-of-other-branch': ['原单属于别的门店', '请在那个门店退。'],
  'origin-line-unknown': ['原单里没有这一行', '重新从原单选择。'],
  'origin-sku-differs': ['商品与原单不同', '重新从原单选择。'],
  'document-unknown': ['这台设备上没有这张单据', '等同步完成后再试。'],
  'document-returned': ['这张单据已有退货', '先红冲退货单，再红冲它。'],
  'already-posted': ['这张单据已经过账', '打开它查看；要改请红冲后重开。'],
  'already-reversed': ['这张单据已经红冲', '不用再做。'],
  'not-posted': ['这张单据还没有过账', '先过账。'],
  'origin-party-differs': ['往来单位与原单不同', '选原单的往来单位，或换一张原单。'],
  'gift-with-price': ['赠品不能有单价', '清空单价，或取消赠品。'],
  underpaid: (facts) => [
    `收款不够：应收 ${yuan(facts, 'payable')}，实收 ${yuan(facts, 'received')}`,
    '补足收款，或改抹零。',
  ],
  'change-exceeds-cash': ['找零比收到的现金多', '核对现金和找零。'],
  'round-off-too-large': ['抹零比应收还多', '改小抹零。'],
  'period-closed': ['这个月已经结账', '把业务日期改到未结账的月份，或请财务反结账。'],
  'role-missing': ['你的角色不能做这件事', '请有权限的同事来做，或请老板授权。'],
  'audience-missing': ['这台设备不能写这类内容', '换一台有权限的设备，或请老板重新授权这台设备。'],
  'record-too-large': ['这张单据太大', '分成两张，或缩短备注。'],

  'store-full': [
    '这台设备快没有空间了，已停止过账',
    '已保存的都在，有网络会照常同步。删掉一些照片、下载的文件，有空间后会自己恢复；没有恢复就重新打开浏览器。',
  ],
  'store-closed': ['浏览器关闭了本机数据库，已停止过账', '已保存的都在。关掉这个页面再打开。'],
  'store-failed': [
    '存到本机时失败，已停止过账',
    '已保存的都在。先看设备是不是没有空间了；有空间后会自己恢复，也可以重新打开页面。',
  ],
  'record-damaged': [
    '这台设备里有记录坏了，它以后的没有算进来',
    '数字可能不全。请告诉实施人员；服务器上的账目不受影响。',
  ],
  'program-broken': [
    '程序文件不完整，账目打不开',
    '单据和草稿没有受影响。连上网络，重新打开这一页。',
  ],
  'term-lost': ['另一个页面接管了', '刚才那一步请在那个页面里重做。'],
  'update-needed': ['有更新版本的记录，这个版本读不了', '更新程序后再继续。'],
  'device-not-enrolled': ['这台设备还没有登记', '先联网登录，登记这台设备。'],
  'device-enrolled-already': ['这台设备已经登记过', '直接登录。'],
  'device-forked': [
    '这台设备的数据被复制过，或从旧备份恢复过，已停止过账',
    '单据都还在。在设置里重新登记这台设备，没有同步的单据会一起带过去。',
  ],
  'device-not-forked': ['这台设备不需要重新登记', '照常使用。'],
  'branch-not-yours': ['这个门店不在这台设备的范围内', '选别的门店，或请老板授权。'],
  'head-forged': ['服务器的回执签名不对，已停止使用', '请告诉实施人员；本机数据没有受影响。'],
  'journal-broken': (facts) => [
    `${plain(facts, 'branch', '公司')}的设备「${plain(facts, 'device', '服务器')}」的记录对不上，已不再计入`,
    '请告诉实施人员；本机和其他设备的单据没有受影响。',
  ],
  'journal-withheld': (facts) => [
    `服务器说有「${plain(facts, 'device', '服务器')}」的记录，却没有发过来（缺 ${plain(facts, 'count', '几')} 条）`,
    '会自动再要；数字可能还不全。一直这样的话，请告诉实施人员。',
  ],
  'server-fell-back': (facts) => [
    `服务器少了它确认过的 ${plain(facts, 'count', '几')} 条记录，正在补交；这些单据先显示「已存本机」`,
    '问一下是不是恢复过旧备份；没有恢复过的话，在设置里导出留底，交给老板查服务器。',
  ],
  'server-rewrote': (facts) => [
    `服务器给出的「${plain(facts, 'device', '服务器')}」的记录，和它以前确认过的、或那台设备签过名的不一样`,
    '原来的记录还在这台设备上。在设置里导出留底，交给老板查服务器。',
  ],
  'pin-wait': (facts) => [`PIN 错了几次，请等 ${plain(facts, 'seconds', '几')} 秒`, '到时间再输。'],
  'pin-not-set': ['你还没有设 PIN', '联网用密码登录，然后在设置里设 PIN。'],
  'pin-wrong': ['PIN 不对', '再试一次；忘了就联网用密码登录。'],
  'pin-too-weak': ['这个 PIN 太容易猜', '至少 6 位，不要用连号、重复或生日。'],
  'pin-expired': ['离线太久，PIN 暂时不能用', '联网用密码登录一次。'],
  'signed-out': ['已退出登录', '重新登录。'],
  'device-revoked': ['这台设备已被停用', '没有发出的单据可以导出，请交给店长。'],

  'server-unreachable': ['连不上服务器', '检查网络。开单不受影响，联网后会自动发出。'],
  'sign-in-failed': ['账号或密码不对', '再试一次；忘了密码请店长重设。'],
  'too-many-attempts': (facts) => [
    `试得太多了，请等 ${seconds(facts, 'waitMs')} 秒`,
    '到时间再试。',
  ],
  'too-many-requests': ['请求太多', '等一会儿再试。'],
  busy: ['服务器正忙', '等几秒再试。'],
  'session-ended': ['登录已结束', '重新登录；草稿和单据都在。'],
  'token-expired': ['登录已过期', '重新登录；草稿和单据都在。'],
  'token-invalid': ['登录凭证不对', '重新登录。'],
  'token-missing': ['还没有登录', '先登录。'],
  'proof-invalid': ['服务器没有认出这台设备', '再试一次；仍不行请重新登记这台设备。'],
  'clock-off': ['这台设备的时钟与服务器差得太多', '打开系统的“自动设置时间”，再登录。'],
  'beyond-rights': ['申请的范围超过了你的权限', '减少门店或内容范围，或请老板来登记。'],
  'device-beyond-rights': ['这台设备上有你无权看的内容', '换一台设备登录，或请有权限的同事登录。'],
  'branch-unknown': ['没有这个门店', '重新选择。'],
  'user-unknown': ['没有这个人员', '刷新后再试。'],
  'last-owner': ['公司至少要有一位老板', '先授权另一位老板。'],
  'key-already-enrolled': [
    '这个浏览器已经登记成另一台设备',
    '直接登录；要当成新设备请先清除本站数据。',
  ],
  'too-many-devices': ['这个账号最近登记的设备太多', '请店长或老板来登记这台设备。'],
  'device-codes-used-up': ['设备编号用完了', '停用不再使用的设备。'],
  'body-malformed': ['提交的内容不完整', '检查填写的内容；仍不行请更新程序。'],
  'answer-malformed': ['服务器的回答看不懂', '程序可能太旧，更新后再试。'],
  'not-found': ['服务器上没有这一项', '刷新后再试。'],
  internal: ['服务器出错了', '稍后再试；仍不行请告诉实施人员。'],
  'store-failing': [
    '服务器的存储出了问题',
    '单据先存在本机，服务器恢复后自动发出。请告诉实施人员。',
  ],
  'too-large': ['内容太大', '分成几次。'],
  'request-refused': (facts) => [
    `服务器没有接受（${plain(facts, 'status', '?')}）`,
    '稍后再试；若仍不行，告诉实施人员。',
  ],
  'request-malformed': ['填写的内容不完整', '检查标出的地方。'],
  'login-taken': ['这个账号已有人用', '换一个账号名。'],
  'already-set-up': ['公司已经建好', '直接登录。'],
  'set-up-elsewhere': [
    '请在服务器本机上建账',
    '在运行服务器的电脑上打开，或用 npm start -- --lan 给出的安全地址打开。',
  ],
  'not-set-up': ['服务器上还没有公司', '先完成设置。'],
  'not-allowed': ['你没有权限做这件事', '请老板或店长来做。'],
  'device-unknown': ['服务器不认识这台设备', '重新登记这台设备。'],
  'session-expired': ['登录已过期', '重新登录；草稿都在。'],

  'file-empty': ['文件是空的', '检查是不是选错了文件。'],
  'file-too-large': ['文件太大', '分成几个不超过 64 MB 的文件。'],
  'file-unpacks-too-large': ['文件解压后太大', '另存为 CSV，或分成几个文件。'],
  'file-damaged': ['文件损坏，读不了', '在原来的软件里重新导出。'],
  'file-encrypted': ['文件有打开密码', '去掉密码后另存再导入。'],
  'encoding-unknown': ['认不出文件的编码', '另存为 UTF-8 编码的 CSV。'],
  'too-many-sheets': ['工作表太多', '只留要导入的工作表。'],
  'file-too-heavy': [
    '这个文件太复杂，读不完',
    '在原来的软件里只留要导入的表，另存再导入；或分成几个文件。',
  ],
  'too-many-rows': (facts) => [
    `行太多${'limit' in facts ? `，一次最多 ${plain(facts, 'limit', '200000')} 行` : ''}`,
    '分成几个文件。',
  ],
  'too-many-columns': ['列太多', '删掉用不到的列。'],
  'cell-too-long': ['有一格的内容太长', '缩短它。'],
  'table-unknown': [
    '认不出这是什么表',
    '表头要有商品、客户、供应商或期初库存的列名，可用导入模板。',
  ],
  'header-not-found': ['找不到表头', '第一行写列名，可用导入模板。'],
  'header-refused': ['列名不能用', '改一个列名。'],
  'column-repeated': ['有两列同名', '删掉或改名其中一列。'],
  'code-required': ['没有编码也没有条码', '至少填一个。'],
  'number-negative': ['不能是负数', '填零或更大的数。'],
  'code-in-exponent-form': [
    '长编码被表格软件改成了科学计数，已丢了后几位',
    '在原文件里把这一列设成文本，重新填写。',
  ],
  'not-a-date': ['日期看不懂', '写成 2026-11-22。'],
  'not-yes-or-no': ['这里要填是或否', '填 1 或 0、是 或 否。'],
  'unit-malformed': ['单位看不懂', '只写单位名称，换算写在比例里。'],
  'pack-incomplete': ['副单位、比例、副条码要一起填', '补齐，或都留空。'],
  'kind-unknown': ['商品类型不认识', '留空，或填 商品、服务。'],
  'serial-and-batch': ['序列号和批号不能同时启用', '只选一个。'],
  'options-mismatched': ['规格属性和同一商品的其他行对不上', '检查多属性一列。'],
  'variant-repeated': ['同一商品的同一规格写了两次', '删掉一行。'],
  'code-repeated': ['编码在文件里出现了两次', '改一个，或删掉一行。'],
  'code-exists': ['编码已经有了', '导入只新增，不改已有资料；去掉这一行，或换编码。'],
  'barcode-repeated': ['条码在文件里出现了两次', '改一个，或删掉一行。'],
  'barcode-exists': ['条码已经有商品在用', '导入只新增，不改已有资料；去掉这一行，或换条码。'],
  'barcode-ambiguous': ['有几个商品用这个条码', '改填编码。'],
  'name-repeated': ['名称在文件里出现了两次', '改一个，或删掉一行。'],
  'name-exists': ['名称已经有了', '导入只新增，不改已有资料；去掉这一行，或换名称。'],
  'product-unknown': ['没有这个商品', '先导入商品，再导入它的期初库存。'],
  'product-is-service': ['这是服务项目，没有库存', '去掉这一行。'],
  'warehouse-required': ['没有写仓库', '填仓库名称，或在导入时选一个。'],
  'warehouse-unknown': ['没有这个仓库', '检查名称，或先新建它。'],
  'amount-differs': ['金额和数量乘单价对不上', '改正其中一个，或只留单价。'],
  'cost-required': ['没有单价也没有金额', '填成本；真的没有成本就填 0。'],
  'out-of-range': ['内容超出了范围', '检查这一行。'],
  'over-quota': [
    '这台设备今天发出的内容太多，服务器过一天再接着收',
    '内容都在这台设备上，会自动发出；不是大批导入的话，请告诉实施人员。',
  ],
  'desk-share-used-up': [
    '这台设备的草稿太多，服务器收不下新的草稿',
    '过账或作废不用的草稿；已经过账的单据不受影响。',
  ],
  'sync-refused': [
    '服务器没有收下这台设备发来的内容',
    '内容都还在这台设备上；把原因告诉实施人员。',
  ],
  'record-refused': (facts) => [
    `服务器没有收下 ${plain(facts, 'count', '几')} 条记录，已放在一边，不再计入；其余的都已发出`,
    '在设置里导出，交给实施人员；需要的话按原单重新录入。',
  ],
  'author-unknown': ['服务器还不认识写这些记录的设备', '稍后会自动再补交。'],
  'author-revoked': ['写这些记录的设备已停用', '需要的话，请店长按原单重新录入。'],
  'record-missing': ['前面的记录还没有到服务器', '稍后会自动再补交。'],
  'copy-differs': ['本机的副本与服务器上的不同', '请告诉实施人员；本机的副本还在。'],
}

/** A quantity among the facts, 10⁻⁴ of the base unit. */
function steps(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? formatDecimal(value, quantityDecimals, { trim: true }) : '?'
}

/** An amount among the facts, fen. */
function yuan(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? formatDecimal(value, moneyDecimals, { group: true }) : '?'
}

function seconds(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? String(Math.ceil(value / 1000)) : '?'
}

function plain(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  return typeof value === 'number' || typeof value === 'string' ? String(value) : otherwise
}
