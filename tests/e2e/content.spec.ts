/** [XSS1] Texts are texts in every view and on paper: nothing in them runs, loads or leaves. */
import type { Page } from '@playwright/test'
import {
  attack,
  hostileOwner,
  type HostileCompany,
  writeHostileCompany,
} from './hostile-company.ts'
import { expect, test } from './shop.ts'

test('a company whose every text is an attack is shown, printed and searched as text', async ({
  openDevice,
  server,
}) => {
  test.setTimeout(240_000)
  const company = await writeHostileCompany(server.url)
  const office = await openDevice()
  const { page } = office
  const trouble = watched(page, server.url)
  await page.goto(server.url)
  await page.getByLabel('登录名').fill(hostileOwner.login)
  await page.getByLabel('密码').fill(hostileOwner.password)
  await page.getByRole('button', { name: '登录' }).click()
  await office.isReady()
  await office.isSynced()

  for (const path of viewsOf(company)) {
    await page.goto(`${server.url}${path}`)
    await expect(page.locator('body'), path).toContainText('<img src=x')
    expect(await harmIn(page), path).toEqual([])
  }
  for (const [type, docId] of company.posted) {
    await page.emulateMedia({ media: 'print' })
    await page.goto(`${server.url}/documents/${type}/${docId}`)
    await expect(page.locator('section[aria-hidden=true]'), type).toContainText('<img src=x')
    expect(await harmIn(page), `${type} on paper`).toEqual([])
  }
  await page.emulateMedia({ media: 'screen' })

  await page.keyboard.press('Control+k')
  await page.keyboard.type('=1+1', { delay: 40 })
  await expect(page.getByRole('option').first()).toContainText('<img src=x')
  expect(await harmIn(page), 'the one box').toEqual([])

  await page.goto(`${server.url}/import`)
  const file = `名称,基本单位,编码,零售价\n"${attack.replaceAll('"', '""')}",个,A1,"${attack.replaceAll('"', '""')}"\n`
  const chosen = { name: `${attack}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) }
  await page.getByLabel('选择文件').setInputFiles(chosen)
  await expect(page.getByRole('main')).toContainText('<img src=x')
  expect(await harmIn(page), 'the import').toEqual([])
  expect(trouble).toEqual([])
})

/** Every view that shows a text of somebody. */
function viewsOf({ skuId, posted, drafts }: HostileCompany): string[] {
  const types = [...new Set(posted.map(([type]) => type))]
  return [
    ...['/products', `/products/${skuId}`, '/stock', `/stock/${skuId}`, '/devices'],
    ...['supplier', 'customer', 'warehouse', 'category', 'branch', 'reason', 'price-list'].map(
      (entity) => `/masters/${entity}`,
    ),
    ...types.map((type) => `/documents/${type}`),
    ...[...posted, ...drafts].map(([type, docId]) => `/documents/${type}/${docId}`),
  ]
}

/** Dialogs, errors, and every request that goes anywhere but to the own server; filled as they happen. */
function watched(page: Page, own: string): string[] {
  const trouble: string[] = []
  page.on('dialog', (dialog) => {
    trouble.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => trouble.push(`an error: ${error.message}`))
  page.on('request', (request) => {
    const url = request.url()
    const isOwn = url.startsWith(`${own}/`) || url.startsWith(own.replace('http', 'ws'))
    if (!isOwn && !/^(?:data|blob):/.test(url)) trouble.push(`a request to ${url}`)
    if (/\/x(?:$|\?)/.test(url)) trouble.push(`a request for ${url}`)
  })
  return trouble
}

/** What only the attack would have made. */
function harmIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const made = document.querySelectorAll('img[src="x"], [onerror], [onload], body script')
    const links = [...document.querySelectorAll('a[href]')].filter((link) =>
      /^\s*javascript:/i.test(link.getAttribute('href') ?? ''),
    )
    return [
      ...('harmed' in globalThis ? ['a script has run'] : []),
      ...[...made, ...links].map((element) => element.outerHTML.slice(0, 80)),
      ...(document.body.textContent.includes('49') && document.title.includes('49') ? ['49'] : []),
    ]
  })
}
