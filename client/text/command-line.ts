/** What the command lines say, in both languages; problems have their texts in problem-text.ts. */
import { type Language, language } from './language.ts'

const zhCn = {
  enrolling: (url: string) => `正在连接 ${url}，登记为一台设备…`,
  enrolled: (company: string, device: string, branch: string) =>
    `已登记：${company}，设备 ${device}，门店 ${branch}`,
  file: (name: string) => `文件 ${name}`,
  rows: (rows: string, accepted: string, rejected: string, problems: string) =>
    `  ${rows} 行：可导入 ${accepted}，有问题 ${rejected}（共 ${problems} 处）`,
  creates: (what: string) => `  将新建：${what}`,
  opening: (lines: string, quantity: string, value: string) =>
    `  期初库存 ${lines} 行，数量合计 ${quantity}，金额合计 ${value} 元`,
  balances: (count: string, amount: string) =>
    `  期初应收应付 ${count} 笔，合计 ${amount} 元：还没有对应的单据，没有导入，请先留着原文件`,
  ignored: (columns: string) => `  没有导入的列：${columns}`,
  problem: (row: number, column: string, value: string, why: string) =>
    `  第 ${row} 行［${column}］“${value}”：${why}`,
  problemsMore: (count: string) => `  …另有 ${count} 处`,
  dryRun: '  试导入：什么都没有写入',
  nothingWritten:
    '  有问题的行没有处理，整个文件都没有写入。改好再来，或加 --accept-good-rows 只导入没问题的行。',
  nothingToWrite: '  没有可导入的行',
  written: (masters: string, documents: string, seconds: string) =>
    `  已写入并同步：资料 ${masters} 条，期初库存单 ${documents} 张，用时 ${seconds} 秒`,
  failed: (what: string) => `没有做成：${what}`,
  read: (lines: string) => `读到 ${lines} 行`,
  masters: (products: string, customers: string) => `新建商品 ${products} 个，客户 ${customers} 个`,
  progress: (posted: string, all: string) => `已过账 ${posted} / ${all}`,
  sending: '全部已存本机，正在等服务器确认…',
  unreadable: (count: number) => `读不了的行：${count}`,
  leftOut: (count: number) => `没有导入的期初行：${count}`,
  classes: '按类别（行数、数量、金额）',
  months: '按月份（行数、数量、金额、单数）',
  stock: (codes: string, opening: string, goodsIn: string, out: string, closing: string) =>
    `收发存：${codes} 个编码，期初 ${opening}，入 ${goodsIn}，出 ${out}，结存 ${closing}`,
  digest: (digest: string) => `收发存 SHA-256：${digest}`,
  documents: (documents: string, opening: string, reported: string) =>
    `已过账单据 ${documents} 张，另有期初库存单 ${opening} 张；不成单据的行 ${reported}`,
  speed: (posted: string, synced: string, perSecond: string, memory: string) =>
    `过账 ${posted} 秒，到已同步 ${synced} 秒，每秒 ${perSecond} 张，内存峰值 ${memory}`,
  difference: (where: string, expected: string, found: string) =>
    `  不一致：${where}，应为 ${expected}，实为 ${found}`,
  agrees: '与给定的结果完全一致',
  explained: (code: string, name: string, rows: number) =>
    `${code} ${name}：${rows} 行（时间、单据、仓库、数量、结存、成本、金额、均价、依据）`,
}

type Sayings = typeof zhCn

const en: Sayings = {
  enrolling: (url) => `Connecting to ${url}, enrolling as a device…`,
  enrolled: (company, device, branch) => `Enrolled: ${company}, device ${device}, branch ${branch}`,
  file: (name) => `File ${name}`,
  rows: (rows, accepted, rejected, problems) =>
    `  ${rows} rows: ${accepted} can be imported, ${rejected} cannot (${problems} problems)`,
  creates: (what) => `  Would create: ${what}`,
  opening: (lines, quantity, value) =>
    `  Opening stock: ${lines} lines, quantity ${quantity} in all, value ${value} yuan`,
  balances: (count, amount) =>
    `  Opening receivables and payables: ${count}, ${amount} yuan: there is no document for them yet, they are not imported; keep the file`,
  ignored: (columns) => `  Columns not taken over: ${columns}`,
  problem: (row, column, value, why) => `  Row ${row} [${column}] "${value}": ${why}`,
  problemsMore: (count) => `  …and ${count} more`,
  dryRun: '  Dry run: nothing was written',
  nothingWritten:
    '  Some rows have problems, so nothing of this file was written. Mend them, or add --accept-good-rows to import the others.',
  nothingToWrite: '  No row can be imported',
  written: (masters, documents, seconds) =>
    `  Written and synced: ${masters} masters, ${documents} opening documents, in ${seconds} s`,
  failed: (what) => `Not done: ${what}`,
  read: (lines) => `Read ${lines} lines`,
  masters: (products, customers) => `New products ${products}, new customers ${customers}`,
  progress: (posted, all) => `Posted ${posted} of ${all}`,
  sending: 'All saved here; waiting for the server to confirm…',
  unreadable: (count) => `Rows that cannot be read: ${count}`,
  leftOut: (count) => `Rows of opening stock left out: ${count}`,
  classes: 'By class (lines, quantity, amount)',
  months: 'By month (lines, quantity, amount, invoices)',
  stock: (codes, opening, goodsIn, out, closing) =>
    `Stock run: ${codes} codes, opening ${opening}, in ${goodsIn}, out ${out}, closing ${closing}`,
  digest: (digest) => `SHA-256 of the stock run: ${digest}`,
  documents: (documents, opening, reported) =>
    `Documents posted ${documents}, and ${opening} of opening stock; lines that are no document ${reported}`,
  speed: (posted, synced, perSecond, memory) =>
    `Posted in ${posted} s, synced after ${synced} s, ${perSecond} documents per second, peak memory ${memory}`,
  difference: (where, expected, found) =>
    `  Differs: ${where}, expected ${expected}, found ${found}`,
  agrees: 'Agrees with the known figures in everything',
  explained: (code, name, rows) =>
    `${code} ${name}: ${rows} rows (time, document, warehouse, quantity, on hand, cost, value, average, why)`,
}

const sayings: Readonly<Record<Language, Sayings>> = { 'zh-CN': zhCn, en }

/** The sentences in the language in use. */
export function says(): Sayings {
  return sayings[language()]
}
