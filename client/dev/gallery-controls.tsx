/** Gallery: buttons, fields, menus, dialogs, messages. */
import { createSignal } from 'solid-js'
import { announce } from '#client/ui/announcer.tsx'
import { Button } from '#client/ui/button.tsx'
import { Checkbox, Switch } from '#client/ui/checkbox.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Combobox } from '#client/ui/combobox.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { DateField } from '#client/ui/date-field.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { ErrorState } from '#client/ui/error-state.tsx'
import { Menu } from '#client/ui/menu.tsx'
import { MoneyField } from '#client/ui/money-field.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { PercentField } from '#client/ui/percent-field.tsx'
import { PriceField } from '#client/ui/price-field.tsx'
import { Progress } from '#client/ui/progress.tsx'
import { QuantityField } from '#client/ui/quantity-field.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import type { Suggestion } from '#client/ui/suggestions.ts'
import { Tabs } from '#client/ui/tabs.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { businessDate, type BusinessDate } from '#domain/values/business-date.ts'
import { money, type Money } from '#domain/values/money.ts'
import { percent, type Percent } from '#domain/values/percent.ts'
import { quantity, type Quantity } from '#domain/values/quantity.ts'
import { unitPrice, type UnitPrice } from '#domain/values/unit-price.ts'
import css from './gallery.module.css'
import { beerUnits, suggestGoods } from './gallery-data.ts'
import { Part, Specimen } from './gallery-part.tsx'

export function ButtonsPart() {
  return (
    <Part id="buttons" title="按钮">
      <Specimen caption="主、次、轻、险" isWide>
        <span class={css['inline']}>
          <Button kind="main" keys="Ctrl+S">
            过账
          </Button>
          <Button icon="print">打印</Button>
          <Button kind="quiet" icon="copy">
            复制
          </Button>
          <Button kind="danger" icon="undo">
            红冲
          </Button>
          <Button kind="quiet" icon="more" label="更多" />
        </span>
      </Specimen>
      <Specimen caption="不可用、忙、按下" isWide>
        <span class={css['inline']}>
          <Button kind="main" isDisabled>
            过账
          </Button>
          <Button isDisabled>打印</Button>
          <Button kind="main" isBusy>
            正在保存
          </Button>
          <Button icon="filter" isPressed>
            筛选
          </Button>
          <Button size="small" icon="plus">
            加一行
          </Button>
        </span>
      </Specimen>
      <Specimen caption="触屏主操作">
        <Button kind="main" size="large" icon="check" isWide>
          收货完成
        </Button>
      </Specimen>
    </Part>
  )
}

export function FieldsPart() {
  const [name, setName] = createSignal('')
  const [amount, setAmount] = createSignal<Money | undefined>(money(123_450))
  const [price, setPrice] = createSignal<UnitPrice | undefined>(unitPrice(4_500_000))
  const [rate, setRate] = createSignal<Percent | undefined>(percent(1300))
  const [count, setCount] = createSignal<Quantity | undefined>(quantity(370_000))
  const [date, setDate] = createSignal<BusinessDate | undefined>(businessDate('2026-11-22'))
  const [reason, setReason] = createSignal<string>()
  const [goods, setGoods] = createSignal<Suggestion>()
  const [isGift, setGift] = createSignal(true)
  const [isOn, setOn] = createSignal(true)
  const [view, setView] = createSignal<'all' | 'negative'>('all')
  return (
    <Part id="fields" title="录入">
      <Specimen caption="文字">
        <TextField
          label="商品名称"
          value={name()}
          isRequired
          hint="最多 200 字"
          onCommit={setName}
        />
        <TextField label="条码" value="6901234567892" scan="keep" kind="code" />
        <TextField label="备注" value="" kind="multiline" placeholder="选填" />
      </Specimen>
      <Specimen caption="数">
        <QuantityField label="数量" value={count()} units={beerUnits} onCommit={setCount} />
        <PriceField label="单价" value={price()} unit="瓶" onCommit={setPrice} />
        <MoneyField label="优惠金额" value={amount()} onCommit={setAmount} />
        <PercentField label="税率" value={rate()} onCommit={setRate} />
      </Specimen>
      <Specimen caption="选">
        <Combobox label="商品" value={goods()} suggest={suggestGoods} onChoose={setGoods} />
        <ChoiceField
          label="报损原因"
          value={reason()}
          placeholder="请选择"
          options={[
            { value: 'damaged', label: '破损' },
            { value: 'expired', label: '过期' },
            { value: 'lost', label: '丢失' },
          ]}
          onCommit={setReason}
        />
        <DateField label="业务日期" value={date()} onCommit={setDate} />
      </Specimen>
      <Specimen caption="是否、分段">
        <Checkbox label="赠品" isChecked={isGift()} onChange={setGift} />
        <Checkbox label="全选" isChecked={false} isPartly onChange={() => undefined} />
        <Switch label="允许负库存" hint="关闭后过账会被拦下" isChecked={isOn()} onChange={setOn} />
        <Segments
          label="显示"
          value={view()}
          options={[
            { value: 'all', label: '全部' },
            { value: 'negative', label: '只看负库存', icon: 'finding' },
          ]}
          onChoose={setView}
        />
      </Specimen>
      <Specimen caption="有问题、不可改">
        <TextField label="税号" value="9132" problem="税号应为 18 位，请核对营业执照。" />
        <MoneyField
          label="金额"
          value={money(-5_000)}
          problem="要大于零"
          onCommit={() => undefined}
        />
        <TextField label="编号" value="XSCK261122-002-A7-0007" isReadOnly />
        <ChoiceField
          label="仓库"
          value="front"
          isDisabled
          options={[{ value: 'front', label: '前仓' }]}
          onCommit={() => undefined}
        />
      </Specimen>
    </Part>
  )
}

export function OverlaysPart() {
  const [isOpen, setOpen] = createSignal(false)
  const [isAsking, setAsking] = createSignal(false)
  const [goods, setGoods] = createSignal<Suggestion>()
  return (
    <Part id="overlays" title="浮层">
      <Specimen caption="菜单、对话框、通知" isWide>
        <span class={css['inline']}>
          <Menu
            look="plain"
            side="start"
            items={[
              { label: '复制单据', icon: 'copy', keys: 'Ctrl+D', onPress: () => undefined },
              { label: '导出', icon: 'download', onPress: () => undefined },
              { kind: 'rule' },
              { kind: 'title', label: '排序' },
              { label: '按时间', isChosen: true, onPress: () => undefined },
              { label: '按金额', onPress: () => undefined },
              { kind: 'rule' },
              { label: '红冲', icon: 'undo', isDangerous: true, onPress: () => undefined },
            ]}
          >
            更多操作
          </Menu>
          <Button onPress={() => setOpen(true)}>打开对话框</Button>
          <Button kind="danger" onPress={() => setAsking(true)}>
            红冲…
          </Button>
          <Button
            onPress={() =>
              showToast({
                kind: 'done',
                title: '已过账 XSCK261122-002-A7-0007',
                text: '已存本机，联网后自动发出',
                undo: () => announce('已撤销'),
              })
            }
          >
            做成的通知
          </Button>
          <Button
            onPress={() =>
              showToast({ kind: 'stop', title: '空间不足，已停止过账', text: '已保存的都在。' })
            }
          >
            停下的通知
          </Button>
        </span>
        <Dialog
          isOpen={isOpen()}
          title="新建商品"
          onClose={() => setOpen(false)}
          footer={
            <>
              <Button onPress={() => setOpen(false)}>取消</Button>
              <Button kind="main" onPress={() => setOpen(false)}>
                保存
              </Button>
            </>
          }
        >
          <TextField label="名称" value="" isRequired hasFocus />
          <Combobox label="替代商品" value={goods()} suggest={suggestGoods} onChoose={setGoods} />
        </Dialog>
        <ConfirmDialog
          isOpen={isAsking()}
          title="红冲这张出库单？"
          act="红冲"
          isDangerous
          effect={<p>库存加回 2 箱 1 瓶，应收减少 ¥96.00。原单和红字都会保留。</p>}
          onConfirm={() => setAsking(false)}
          onClose={() => setAsking(false)}
        />
      </Specimen>
    </Part>
  )
}

export function MessagesPart() {
  const [tab, setTab] = createSignal('lines')
  return (
    <Part id="messages" title="说明与等待">
      <Specimen caption="提示">
        <Notice kind="info" title="这是示范公司">
          随便试，数据可以随时重置。
        </Notice>
        <Notice
          kind="decide"
          title="可口可乐 330ml 卖成了负数"
          actions={<Button size="small">去盘点</Button>}
        >
          现存 −3 罐，两台平板离线时各卖了最后几罐。
        </Notice>
        <Notice kind="stop" title="这台设备没有空间了，已停止过账">
          已保存的都在。联网同步后清理空间。
        </Notice>
        <Notice kind="proven" title="两台设备的账目一致">
          校验码 K7M2
        </Notice>
      </Specimen>
      <Specimen caption="空">
        <EmptyState
          icon="purchase"
          title="还没有采购入库单"
          text="货到时开一张：扫商品条码，核对数量，过账后库存马上增加。"
          example={
            <>
              青岛啤酒 500ml × 2 箱 <Stamp state="draft" />
            </>
          }
          actions={
            <Button kind="main" icon="plus">
              开第一张入库单
            </Button>
          }
        />
      </Specimen>
      <Specimen caption="错">
        <ErrorState
          title="这一页出错了"
          safe="已保存的单据都在，没有丢失。"
          next="重新打开这一页；若再次出现，请把技术信息发给实施人员。"
          technical="TypeError: x is undefined\n  at stock.tsx:42"
          actions={<Button kind="main">重新打开</Button>}
        />
      </Specimen>
      <Specimen caption="等待">
        <Skeleton shape="lines" />
        <Progress label="正在导入商品" share={0.42} note="21,000 / 50,000" />
        <Progress label="正在接收记录" />
      </Specimen>
      <Specimen caption="页签" isWide>
        <Tabs
          label="单据"
          chosen={tab()}
          onChoose={setTab}
          tabs={[
            { key: 'lines', label: '明细', count: 12 },
            { key: 'cost', label: '成本' },
            { key: 'log', label: '经过', count: 3 },
          ]}
        >
          {(key) => <p>这里是「{key}」的内容。</p>}
        </Tabs>
      </Specimen>
    </Part>
  )
}
