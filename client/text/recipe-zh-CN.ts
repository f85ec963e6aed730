/** The Chinese text of recipes and bundles; recipe-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type RecipeDictionary = Spoken<typeof recipeZhCn>

export const recipeZhCn = {
  'recipe.open': '配方',
  'recipe.title': (name: string) => `配方：${name}`,
  'recipe.makeable': (count: string) => `本店可用的部件够做 ${count}`,
  'recipe.version': '版本',
  'recipe.newVersion': '新版本…',
  'recipe.from': '从哪天起',
  'recipe.fromHint': '留空：一直如此',
  'recipe.dayTaken': '这一天已有版本，请直接改那一版',
  'recipe.fromBeginning': '一直如此',
  'recipe.fromDay': (day: string) => `${day} 起`,
  'recipe.holds': (version: string) => `${version}（现行）`,
  'recipe.output': '一次做出',
  'recipe.isPhantom': '虚拟件（不入库，用到时直接取它的部件）',
  'recipe.parts': '部件',
  'recipe.partsNote': '填了「副产品占比」的一行是做出来的副产品，按占比分摊成本，废料填 0',
  'recipe.part': '部件',
  'recipe.quantity': '用量',
  'recipe.loss': '损耗率',
  'recipe.alternative': '替代料',
  'recipe.share': '副产品占比',
  'recipe.tree': '逐级展开',
  'recipe.treeNote': '现行版本做一次要用的全部部件',
  'recipe.passedThrough': '不入库',
  'recipe.withLoss': (loss: string) => `含损耗 ${loss}`,
  'recipe.none': '还没有配方',
  'recipe.noneNote': '在上面填部件和用量，保存后这里逐级展开；组装单、拆卸单可按配方填入。',
  'recipe.saved': (name: string) => `已保存 ${name} 的配方`,
  'recipe.differs': (planned: string, difference: string) => `${planned}（${difference}）`,
  'products.isBundle': '套装（按配方的部件出库，没有自己的库存）',
  'recipe.fill': '按配方填入',
}
