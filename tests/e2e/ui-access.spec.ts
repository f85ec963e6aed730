/** axe over every component, in both themes and densities, with layers open, and over the frame. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, offered, test } from './gallery.ts'

const looks = [
  { theme: 'light', density: 'desk' },
  { theme: 'dark', density: 'desk' },
  { theme: 'light', density: 'floor' },
  { theme: 'dark', density: 'floor' },
] as const

for (const look of looks) {
  test(`[AXS1] the gallery has no violations: ${look.theme}, ${look.density}`, async ({
    gallery,
  }) => {
    await gallery.evaluate(({ theme, density }) => {
      localStorage.setItem('liancang.theme', theme)
      localStorage.setItem('liancang.density', density)
    }, look)
    await gallery.addInitScript(({ theme, density }) => {
      localStorage.setItem('liancang.theme', theme)
      localStorage.setItem('liancang.density', density)
    }, look)
    await gallery.reload()
    await gallery.getByRole('heading', { name: '组件样张' }).waitFor()
    expect(await violations(gallery)).toEqual([])
  })
}

test('[AXS1] open layers have no violations', async ({ gallery }) => {
  await gallery.getByRole('button', { name: '做成的通知' }).click()
  await gallery.getByRole('button', { name: '停下的通知' }).click()
  expect(await violations(gallery, layered)).toEqual([])
  await gallery.getByRole('button', { name: '更多操作' }).click()
  expect(await violations(gallery, layered)).toEqual([])
  await gallery.keyboard.press('Escape')
  await gallery.getByRole('combobox', { name: '商品', exact: true }).click()
  await offered(gallery).waitFor()
  expect(await violations(gallery, layered)).toEqual([])
  await gallery.getByRole('button', { name: '打开对话框' }).click()
  expect(await violations(gallery, layered)).toEqual([])
})

test('[AXS1] the frame has no violations, folded and open, with the one box open', async ({
  page,
  galleryAddress,
}) => {
  for (const width of [1440, 820, 360]) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${galleryAddress}/settings?pretend`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await violations(page)).toEqual([])
  }
  await page.keyboard.press('Control+k')
  await page.keyboard.type('可口', { delay: 40 })
  await offered(page).waitFor()
  expect(await violations(page)).toEqual([])
})

/** A menu or list hangs from its button, wherever it lies in the tree: the rule of landmarks is not for it. */
const layered = ['region']

/** Every violation as one readable line. */
async function violations(page: Page, withoutRules: string[] = []): Promise<string[]> {
  // All rules run; what passes is not described, and with no frames in the page one run is enough.
  const builder = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .disableRules(withoutRules)
    .setLegacyMode()
  const { violations: found } = await builder.analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
}
