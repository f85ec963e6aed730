/** A new version asks before it takes over, and what is being typed stays. */
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a new version is offered, not forced', async ({ office, server }) => {
  const draft = await Editor.start(office.page, server.url, 'stock-gain')
  await draft.typeLine(1, { product: '薯片', quantity: '7' })

  appendFileSync(join(server.app, 'sw.js'), '\n// a later build\n')
  for (const packed of ['sw.js.br', 'sw.js.gz']) rmSync(join(server.app, packed), { force: true })
  await office.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
  })
  const offer = office.page.getByText('新版本已准备好')
  await expect(offer).toBeVisible()
  await expect(office.page.getByRole('grid', { name: '明细' })).toContainText('薯片')
  await office.page.getByRole('button', { name: '现在更新' }).click()
  await expect(offer).toBeHidden()
  await expect(office.page.getByRole('grid', { name: '明细' })).toContainText('薯片')
})
