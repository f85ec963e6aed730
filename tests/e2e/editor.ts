/** The document editor: header, line grid, 过账. Works as a person at the keyboard does. */
import { expect, type Page } from '@playwright/test'
import { byHand } from './by-hand.ts'

export interface TypedLine {
  readonly product: string
  readonly quantity: string
  readonly price?: string
}

export class Editor {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** From the list of a document type: 新建. */
  static async start(page: Page, url: string, type: string): Promise<Editor> {
    await page.goto(`${url}/documents/${type}`)
    await page.getByRole('button', { name: /^新建/ }).first().click()
    const editor = new Editor(page)
    await expect(page.getByRole('grid', { name: '明细' })).toBeVisible()
    return editor
  }

  cell(row: number, column: string) {
    const grid = this.page.getByRole('grid', { name: '明细' })
    return grid.getByRole('row').nth(row).getByRole('gridcell').nth(columnIndex(column))
  }

  /** Types lines the way the grid leads: product, Enter, quantity … */
  async typeLine(row: number, line: TypedLine): Promise<void> {
    await this.typeCell(row, 'product', line.product)
    await this.typeCell(row, 'quantity', line.quantity)
    if (line.price !== undefined) await this.typeCell(row, 'price', line.price)
  }

  async typeCell(row: number, column: string, text: string): Promise<void> {
    const { page } = this
    // Over the selected cell lies the grid's one input; a cell that is just drawn anew has no place yet.
    await expect(() => this.cell(row, column).click({ force: true, timeout: 1_000 })).toPass()
    await page.keyboard.type(text, byHand)
    if (column === 'product') {
      await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(text)
    }
    await page.keyboard.press('Enter')
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByLabel(label).selectOption({ label: option })
  }

  /** A party, found by typing. */
  async find(label: string, name: string): Promise<void> {
    const field = this.page.getByRole('combobox', { name: label })
    await field.click()
    await field.pressSequentially(name, byHand)
    await this.page.getByRole('listbox').getByRole('option', { name }).first().click()
  }

  /** Answers the document's number, from the form that the draft has become. */
  async post(): Promise<string> {
    await this.page.getByRole('button', { name: '过账' }).click()
    await expect(this.page.getByRole('button', { name: '红冲' })).toBeVisible()
    const said = await this.page
      .getByText(/已存本机：/)
      .first()
      .textContent()
    return said?.split('：')[1] ?? ''
  }
}

/** Cells of a row, its number not counted. */
function columnIndex(column: string): number {
  return ['product', 'quantity', 'unit', 'price'].indexOf(column)
}
