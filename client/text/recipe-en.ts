/** The English text of recipes and bundles. */
import type { RecipeDictionary } from './recipe-zh-CN.ts'

export const recipeEn: RecipeDictionary = {
  'recipe.open': 'Recipe',
  'recipe.title': (name: string) => `Recipe: ${name}`,
  'recipe.makeable': (count: string) => `Parts available in this branch make ${count}`,
  'recipe.version': 'Version',
  'recipe.newVersion': 'New version…',
  'recipe.from': 'From',
  'recipe.fromHint': 'Empty: from the beginning',
  'recipe.dayTaken': 'That day has a version already: change that one',
  'recipe.fromBeginning': 'From the beginning',
  'recipe.fromDay': (day: string) => `From ${day}`,
  'recipe.holds': (version: string) => `${version} (now)`,
  'recipe.output': 'One run makes',
  'recipe.isPhantom': 'Phantom (never in stock; its parts are taken instead)',
  'recipe.parts': 'Parts',
  'recipe.partsNote':
    'A line with a by-product share comes out beside the product and bears so much of the cost; scrap has 0',
  'recipe.part': 'Part',
  'recipe.quantity': 'Quantity',
  'recipe.loss': 'Loss',
  'recipe.alternative': 'Alternative',
  'recipe.share': 'By-product',
  'recipe.tree': 'All levels',
  'recipe.treeNote': 'Everything that one run of the version in force takes',
  'recipe.passedThrough': 'Not stocked',
  'recipe.withLoss': (loss: string) => `with ${loss} lost`,
  'recipe.none': 'No recipe yet',
  'recipe.noneNote':
    'Enter parts and quantities above; saved, they are shown here level by level, and assemblies and disassemblies can be filled by them.',
  'recipe.saved': (name: string) => `Saved the recipe of ${name}`,
  'recipe.differs': (planned: string, difference: string) => `${planned} (${difference})`,
  'products.isBundle': 'Bundle (its recipe’s parts are shipped, it has no stock of its own)',
  'recipe.fill': 'Fill by the recipe',
}
