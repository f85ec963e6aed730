/** The line grid under real keys, a real input method and a scanner's burst. */
import type { Locator, Page } from '@playwright/test'
import { byHand } from './by-hand.ts'
import { expect, offered, scan, test } from './gallery.ts'

const label = '出库明细'

function gridOf(page: Page): Locator {
  return page.getByRole('grid', { name: label })
}

/** The text of a cell: rows from 1, columns from 0 as they stand, the row number not counted. */
function cellAt(page: Page, row: number, column: number): Locator {
  return gridOf(page).locator('[role=row]').nth(row).locator('[role=gridcell]').nth(column)
}

/** Presses where the cell is; over the selected one lies the input. */
async function select(page: Page, row: number, column: number): Promise<void> {
  await cellAt(page, row, column).click({ force: true })
}

/** The input over the selected cell. */
function inputOf(page: Page): Locator {
  return gridOf(page).locator('xpath=following-sibling::div//input')
}

test('[LNG1] typing and Enter fill a line and go on to the next', async ({ gallery }) => {
  await select(gallery, 4, 0)
  await gallery.keyboard.type('nfsq', byHand)
  await expect(offered(gallery)).toContainText('农夫山泉')
  await gallery.keyboard.press('Enter')
  await gallery.keyboard.type('2箱3瓶', byHand)
  await gallery.keyboard.press('Enter')
  await gallery.keyboard.type('1.5', byHand)
  await gallery.keyboard.press('Enter')
  await expect(cellAt(gallery, 4, 0)).toContainText('农夫山泉')
  await expect(cellAt(gallery, 4, 1)).toHaveText('2箱3瓶')
  await expect(cellAt(gallery, 4, 2)).toHaveText('1.50')
  await expect(cellAt(gallery, 4, 3)).toHaveText('40.50')
  // Choice by its first letters, then the note, then the new empty line.
  await gallery.keyboard.type('赠')
  await gallery.keyboard.press('Enter')
  await gallery.keyboard.type('试喝')
  await gallery.keyboard.press('Enter')
  await expect(cellAt(gallery, 4, 4)).toHaveText('赠品')
  await expect(cellAt(gallery, 4, 5)).toHaveText('试喝')
  await expect(cellAt(gallery, 5, 0)).toHaveAttribute('aria-selected', 'true')
})

test('[LNG3] twenty figures typed as fast as keys come land in twenty cells', async ({
  gallery,
}) => {
  await select(gallery, 4, 0)
  for (let i = 0; i < 20; i++) {
    await gallery.keyboard.type('可口可乐')
    await gallery.keyboard.press('Enter')
    await gallery.keyboard.press(String((i % 9) + 1))
    await gallery.keyboard.press('Enter')
    await gallery.keyboard.press('2')
    await gallery.keyboard.press('Enter')
    await gallery.keyboard.press('Enter')
    await gallery.keyboard.press('Enter')
  }
  await expect(gridOf(gallery)).toHaveAttribute('aria-rowcount', '25')
  await gallery.keyboard.press('Control+Home')
  await expect(gridOf(gallery).locator('[aria-rowindex="5"]')).toBeVisible()
  const amounts = await gridOf(gallery).evaluate((grid) =>
    [5, 6, 7, 8, 9, 10].map((index) => {
      const row = grid.querySelector(`[aria-rowindex="${index}"]`)
      return row?.querySelectorAll('[role=gridcell]')[3]?.textContent
    }),
  )
  expect(amounts).toEqual(['2.00', '4.00', '6.00', '8.00', '10.00', '12.00'])
})

test('[LNG2] a composition that begins on a selected cell keeps every character', async ({
  gallery,
}) => {
  await select(gallery, 1, 5)
  const ime = await gallery.context().newCDPSession(gallery)
  for (const text of ['s', 'sh', 'shang', "shang'p"]) {
    await ime.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  }
  // Enter and arrows belong to the input method while it composes.
  await inputOf(gallery).dispatchEvent('keydown', {
    key: 'Enter',
    isComposing: true,
    bubbles: true,
  })
  await inputOf(gallery).dispatchEvent('keydown', { key: 'ArrowDown', keyCode: 229, bubbles: true })
  await expect(cellAt(gallery, 1, 5)).toHaveAttribute('aria-selected', 'true')
  await ime.send('Input.insertText', { text: '商品已换' })
  await gallery.keyboard.press('Enter')
  await expect(cellAt(gallery, 1, 5)).toHaveText('商品已换')
})

test('[LNG5] F2 edits what is there, Esc takes it back, Delete clears, Ctrl+Delete removes', async ({
  gallery,
}) => {
  await select(gallery, 1, 2)
  await gallery.keyboard.press('F2')
  await expect(inputOf(gallery)).toHaveValue('4.50')
  await gallery.keyboard.press('End')
  await gallery.keyboard.type('5', byHand)
  await gallery.keyboard.press('Escape')
  await expect(cellAt(gallery, 1, 2)).toHaveText('4.50')
  await gallery.keyboard.press('Delete')
  await expect(cellAt(gallery, 1, 2)).toHaveText('')
  await gallery.keyboard.press('Control+Delete')
  await expect(cellAt(gallery, 1, 0)).toContainText('可口可乐')
  await expect(gridOf(gallery)).toHaveAttribute('aria-rowcount', '4')
})

test('[LNG4] what does not read stays in the cell and says why', async ({ gallery }) => {
  await select(gallery, 1, 2)
  await gallery.keyboard.type('4.5a', byHand)
  await gallery.keyboard.press('Enter')
  await expect(gallery.getByRole('alert').filter({ hasText: '这里要填数字' })).toBeVisible()
  await expect(inputOf(gallery)).toHaveValue('4.5a')
  await gallery.keyboard.press('Escape')
  await expect(cellAt(gallery, 1, 2)).toHaveText('4.50')
})

test('[LNG7] arrows, Tab and Home move; Tab leaves from the empty line', async ({ gallery }) => {
  await select(gallery, 1, 0)
  await gallery.keyboard.press('ArrowDown')
  await gallery.keyboard.press('ArrowRight')
  await expect(cellAt(gallery, 2, 1)).toHaveAttribute('aria-selected', 'true')
  await gallery.keyboard.press('Tab')
  await gallery.keyboard.press('Tab')
  await expect(cellAt(gallery, 2, 4)).toHaveAttribute('aria-selected', 'true')
  await gallery.keyboard.press('Control+End')
  await expect(cellAt(gallery, 4, 5)).toHaveAttribute('aria-selected', 'true')
  await gallery.keyboard.press('Tab')
  await expect(inputOf(gallery)).not.toBeFocused()
})

test('[LNG6] a table copied from a spreadsheet becomes lines', async ({ gallery }) => {
  await select(gallery, 4, 0)
  await inputOf(gallery).evaluate((input) => {
    const data = new DataTransfer()
    data.setData('text/plain', '金龙鱼调和油\t3\t53.9\r\n维达抽纸\t1箱\t80.10\r\n')
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  })
  await expect(cellAt(gallery, 4, 0)).toContainText('金龙鱼调和油')
  await expect(cellAt(gallery, 4, 3)).toHaveText('161.70')
  await expect(cellAt(gallery, 5, 1)).toHaveText('1箱')
  await expect(cellAt(gallery, 5, 3)).toHaveText('961.20')
})

test('[SCN2] a scan adds a line, the second adds one, and nothing stays in the price', async ({
  gallery,
}) => {
  await select(gallery, 1, 2)
  await scan(gallery, '6901234567892')
  await expect(cellAt(gallery, 4, 0)).toContainText('扫到 7892')
  await expect(cellAt(gallery, 1, 2)).toHaveText('4.50')
  await expect(cellAt(gallery, 1, 2)).toHaveAttribute('aria-selected', 'true')
  await expect(inputOf(gallery)).toHaveValue('')
  await scan(gallery, '6901234567892')
  await expect(cellAt(gallery, 4, 1)).toHaveText('2瓶')
})

test('[LNG8] on a phone lines are cards with one large form each', async ({ gallery }) => {
  await gallery.setViewportSize({ width: 360, height: 740 })
  const lines = gallery.getByRole('list', { name: label })
  await lines.getByRole('button').first().click()
  const form = gallery.getByRole('dialog')
  await form.getByLabel('数量').fill('5箱')
  await form.getByLabel('单价').fill('3')
  await form.getByRole('button', { name: '完成' }).click()
  await expect(lines.getByRole('button').first()).toContainText('180.00')
})
