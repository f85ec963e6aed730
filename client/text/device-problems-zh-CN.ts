/** What goes wrong with this device and the server, in Chinese. */
import { plain, seconds } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const deviceProblemsZhCn = {
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
} satisfies Partial<ProblemTexts>
