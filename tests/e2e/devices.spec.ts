/** What devices hold and survive: prices stay away from a keeper's tablet, tabs share one engine, starts need no network. */
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test("two people fill one draft, and the keeper's device holds no price", async ({
  office,
  openDevice,
}) => {
  await office.addUser('仓管员', 'keeper', '仓管员')
  const tablet = await openDevice()
  await tablet.signIn('keeper')
  await tablet.isSynced()

  const priced = await Editor.start(office.page, office.server.url, 'goods-receipt')
  await priced.typeLine(1, { product: '饮用水', quantity: '24', price: '0.937531' })
  const address = new URL(office.page.url()).pathname
  await tablet.go(address)
  await expect(tablet.page.getByRole('grid', { name: '明细' })).toContainText('饮用水')
  const counted = new Editor(tablet.page)
  await counted.typeLine(2, { product: '薯片', quantity: '44' })
  await expect(office.page.getByRole('grid', { name: '明细' })).toContainText('薯片')

  const dump = await tablet.page.evaluate(dumpDatabases)
  expect(dump.length).toBeGreaterThan(1_000)
  expect(dump).not.toContain('937531')
  expect(dump).not.toContain('retailPrice')
  expect(dump).not.toContain('referencePurchasePrice')
})

test('a device starts and posts without a network, and a killed server loses nothing', async ({
  office,
  openDevice,
  server,
}) => {
  await office.isSynced()
  await office.isInstalled()

  await server.stop('SIGKILL')
  const before = office.page
  office.page = await office.context.newPage()
  await before.close()
  await office.go('/')
  await office.isReady()
  const receipt = await Editor.start(office.page, server.url, 'stock-gain')
  await receipt.choose('报溢原因', '找回')
  await receipt.typeLine(1, { product: '薯片', quantity: '5' })
  await receipt.post()
  await office.expectOnHand('薯片', '5')

  await server.start()
  await office.isSynced()
  const second = await openDevice()
  await second.signIn('owner')
  await second.isSynced()
  await second.expectOnHand('薯片', '5')
})

test('two tabs show one shop, and the second goes on when the first is closed', async ({
  office,
}) => {
  const first = office.page
  const second = await office.context.newPage()
  await second.goto(`${office.server.url}/stock`)
  const gain = await Editor.start(first, office.server.url, 'stock-gain')
  await gain.choose('报溢原因', '找回')
  await gain.typeLine(1, { product: '薯片', quantity: '7' })
  await gain.post()
  await expect(second.getByRole('row').filter({ hasText: '薯片' })).toContainText('7')

  await first.close()
  const other = await Editor.start(second, office.server.url, 'stock-gain')
  await other.choose('报溢原因', '找回')
  await other.typeLine(1, { product: '薯片', quantity: '3' })
  await other.post()
  office.page = second
  await office.expectOnHand('薯片', '10')
})

/** Everything in IndexedDB as one text, bytes read as UTF-8. */
async function dumpDatabases(): Promise<string> {
  const decoder = new TextDecoder()
  const said: string[] = []
  const visit = (value: unknown, depth: number): void => {
    if (depth > 8) return
    if (typeof value === 'string' || typeof value === 'number') said.push(String(value))
    else if (value instanceof Uint8Array) said.push(decoder.decode(value))
    else if (value instanceof ArrayBuffer) said.push(decoder.decode(new Uint8Array(value)))
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        said.push(key)
        visit(inner, depth + 1)
      }
    }
  }
  const answered = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('no answer'))
    })
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue
    const database = await answered(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      for (const row of await answered(database.transaction(store).objectStore(store).getAll())) {
        visit(row, 0)
      }
    }
    database.close()
  }
  return said.join('\n')
}
