/** What happened and what to do, in Chinese, for every code of problem-codes.ts. */
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import type { Facts, ProblemTexts } from './problem-text.ts'

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
  'period-closed': ['这个月已经结账', '把业务日期改到未结账的月份，或请财务反结账。'],
  'role-missing': ['你的角色不能做这件事', '请有权限的同事来做，或请老板授权。'],
  'audience-missing': ['这台设备不能写这类内容', '换一台有权限的设备，或请老板重新授权这台设备。'],
  'record-too-large': ['这张单据太大', '分成两张，或缩短备注。'],

  'store-full': ['这台设备没有空间了，已停止过账', '已保存的都在。联网同步后清理空间，再继续。'],
  'store-closed': ['浏览器关闭了本机数据库，已停止过账', '已保存的都在。关掉这个页面再打开。'],
  'store-failed': [
    '存到本机时失败，已停止过账',
    '已保存的都在。重新打开页面；若再出现请重启设备。',
  ],
  'term-lost': ['另一个页面接管了', '刚才那一步请在那个页面里重做。'],
  'update-needed': ['有更新版本的记录，这个版本读不了', '更新程序后再继续。'],
  'pin-wait': (facts) => [`PIN 错了几次，请等 ${plain(facts, 'seconds', '几')} 秒`, '到时间再输。'],
  'pin-not-set': ['你还没有设 PIN', '联网用密码登录，然后在设置里设 PIN。'],
  'pin-wrong': ['PIN 不对', '再试一次；忘了就联网用密码登录。'],
  'pin-too-weak': ['这个 PIN 太容易猜', '至少 6 位，不要用连号、重复或生日。'],
  'pin-expired': ['离线太久，PIN 暂时不能用', '联网用密码登录一次。'],
  'signed-out': ['已退出登录', '重新登录。'],
  'device-revoked': ['这台设备已被停用', '没有发出的单据可以导出，请交给店长。'],
  'number-taken': ['编号重复', '再试一次会换新号。'],
  'clock-wrong': ['这台设备的时钟差得太多', '打开系统的“自动设置时间”。'],

  'server-unreachable': ['连不上服务器', '检查网络。开单不受影响，联网后会自动发出。'],
  'request-refused': (facts) => [
    `服务器没有接受（${plain(facts, 'status', '?')}）`,
    '稍后再试；若仍不行，告诉实施人员。',
  ],
  'request-malformed': ['填写的内容不完整', '检查标出的地方。'],
  'login-wrong': ['账号或密码不对', '再试一次；忘了密码请店长重设。'],
  'login-taken': ['这个账号已有人用', '换一个账号名。'],
  'password-too-weak': ['密码太短', '至少 10 个字符，一句话最好记。'],
  'too-many-tries': ['试得太多了', '等几分钟再试。'],
  'already-set-up': ['公司已经建好', '直接登录。'],
  'not-set-up': ['服务器上还没有公司', '先完成设置。'],
  'not-allowed': ['你没有权限做这件事', '请老板或店长来做。'],
  'device-unknown': ['服务器不认识这台设备', '重新登记这台设备。'],
  'session-expired': ['登录已过期', '重新登录；草稿都在。'],
}

/** A quantity among the facts, 10⁻⁴ of the base unit. */
function steps(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? formatDecimal(value, quantityDecimals, { trim: true }) : '?'
}

function plain(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  return typeof value === 'number' || typeof value === 'string' ? String(value) : otherwise
}
