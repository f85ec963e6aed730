/** 到票: how far a receipt that came before its invoice is billed, as a page sees it. */
export interface Invoicing {
  readonly state: 'none' | 'part' | 'all'
  /** What of each line is not billed and has not gone back, steps. */
  readonly openByLine: Readonly<Record<string, number>>
}
