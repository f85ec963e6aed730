/**
 * What a golden scenario may say: per model its operations and expectations with their fields, and its
 * settings with their values. Anything else is an error, so that nothing is passed over in silence.
 */

/** Fields of one operation or expectation, separated by spaces. */
type FieldLists = Readonly<Record<string, string>>

/** The values of a setting; 'exact' a number as text, 'date' a day, 'any' a table of its own. */
type SettingValues = readonly (string | number | boolean)[] | 'exact' | 'date' | 'any'

export interface Vocabulary {
  readonly ops: FieldLists
  readonly expectations: FieldLists
  readonly settings: Readonly<Record<string, SettingValues>>
}

export const models: Readonly<Record<string, Vocabulary>> = {
  ledger: {
    ops: {
      bill: 'at of price qty',
      cancel: 'of',
      change_method: 'at sku to',
      close: 'at until',
      convert: 'at extra inputs outputs share wh',
      count: 'at batch book counted price replaces rows serials sku wh',
      edit: 'of price qty',
      fallback_rate: 'at price sku',
      in: 'at batch expires line price qty serials sku valued wh',
      landed: 'amount at of parts',
      out: 'at batch qty sell_price serials sku valued wh',
      return_in: 'at of qty wh',
      return_out: 'at of qty',
      revalue: 'amount at rate sku',
      transfer: 'at batch from price qty serials sku to',
    },
    expectations: {
      ageing: 'asof bounds of_value sku wh',
      bill_cogs: 'of',
      bill_stock: 'of',
      cogs: '',
      correction: 'by',
      cost: 'of',
      cost_total: 'of',
      count_delta: 'batch of sku wh',
      diff: 'of',
      gain: 'of',
      in_value: 'of',
      landed_out: 'by of',
      layers: 'at sku',
      margin_pct: 'of',
      qty: 'at batch sku wh',
      queue: 'at sku wh',
      rate: 'at sku wh',
      running: 'sku wh',
      serial_state: 'serial',
      unit_cost: 'sku',
      value: 'at batch sku wh',
      verdict: 'of',
    },
    settings: {
      batch_required: [true, false],
      bill_difference: ['none', 're-rate', 'split'],
      count: ['absolute', 'difference'],
      expired_issue: ['refuse'],
      expired_receipt: ['refuse'],
      fallback_rate: 'exact',
      history: ['append', 'replay'],
      lot_order: ['date'],
      method: ['average', 'batch', 'fifo', 'hifo', 'lifo', 'serial'],
      money_dp: [0, 2],
      negative: ['carry', 'refuse', 'true-up'],
      purchase_return: ['method', 'original'],
      sales_return: ['current', 'original'],
      same_day: ['ins-first'],
      scope: ['company', 'wh'],
      skus: 'any',
      today: 'date',
      transfer_layers: ['keep', 'merge'],
      unit_cost_dp: [4],
    },
  },
  lots: {
    ops: {
      expiry: 'at expires lot',
      lot: 'at bin expires lot qty received',
      pick: 'asof at dry qty skip_expired strategy',
      split: 'at bin lot new qty',
    },
    expectations: {
      date: 'field lot',
      expired: 'asof lot',
      left: 'lot',
      lot_bin: 'lot',
      picked: 'of',
      short: 'of',
      total: '',
      usable: 'asof',
      verdict: 'of',
    },
    settings: {
      before_expiry: 'any',
      expiry_day: ['usable'],
      tie: 'any',
      unique_serial: [true, false],
    },
  },
  place: {
    ops: { place: 'at qty' },
    expectations: { placed: 'of', rest: 'of' },
    settings: { rules: 'any' },
  },
  reserve: {
    ops: {
      ask: 'at locs qty',
      count: 'at loc qty',
      reserve: 'at backorder id loc qty',
      reserve_change: 'at id qty',
      stock: 'at loc qty sku',
    },
    expectations: { answer: 'of', available: 'locs', reserved: 'locs', verdict: 'of' },
    settings: { change_check: ['delta', 'total'] },
  },
  bom: {
    ops: {
      build: 'at qty sku',
      explode: 'at qty sku',
      prices: 'at price',
      set_bom: 'at bom sku',
      ship: 'at qty',
      stock: 'at qty',
      unbuild: 'at qty sku',
    },
    expectations: {
      cost: 'sku',
      kits: 'sku',
      kits_shipped: 'sku',
      need: 'of',
      need_of: 'of sku',
      share_cost: 'byproduct sku',
      stock: 'sku',
      verdict: 'of',
    },
    settings: { boms: 'any', skip_consumable: [true, false] },
  },
  uom: {
    ops: { convert: 'cross from mode qty step to', price: 'from price to' },
    expectations: { result: 'of', verdict: 'of' },
    settings: { mode: ['half-up', 'up'], units: 'any' },
  },
  split: {
    ops: { split: 'amount by remainder targets' },
    expectations: { shares: 'of', sorted_shares: 'of', sum: 'of' },
    settings: { step: 'exact' },
  },
  journal: {
    ops: {
      bill: 'at clears value',
      cancel: 'at of',
      close: 'until',
      credit_note: 'at tax value',
      entry: 'at dim lines',
      invoice: 'at dim tax value',
      receipt: 'at value',
      ship: 'at cost',
      ship_return: 'at cost',
    },
    expectations: {
      balance: 'account dim',
      credit: 'account of',
      debit: 'account of',
      trial: '',
      verdict: 'of',
    },
    settings: { expense_accounts: 'any', income_accounts: 'any', reversal: ['red', 'swap'] },
  },
  'open-items': {
    ops: {
      allocate: 'amount from to',
      allocate_auto: 'from to',
      bill: 'allow_pct amount order ordered_amount',
      cancel: 'id',
      credit: 'amount id',
      discount_terms: 'amount id net on paid_on percent tax until',
      invoice: 'amount date due id',
      order_check: 'amount limit',
      payment: 'amount date id',
      refund: 'amount id',
      write_off: 'amount id',
    },
    expectations: {
      aging: 'asof bounds',
      balance: '',
      billed: 'order',
      disc_net: 'of',
      disc_tax: 'of',
      exposure: 'of',
      open: 'id',
      pay: 'of',
      rows: 'of',
      status: 'id',
      verdict: 'of',
    },
    settings: { write_off_limit: 'exact' },
  },
  price: {
    ops: { ask: 'category cost date per_unit price qty sku' },
    expectations: { applied: 'of', free: 'of', price: 'of' },
    settings: { choose: ['first', 'priority', 'stack'], rules: 'any' },
  },
  reorder: {
    ops: {
      check: 'demand fixed_qty incoming lead_days min multiple on_hand per_unit target today',
    },
    expectations: { date: 'of', order: 'of' },
    settings: { trigger: ['at-or-below', 'below'] },
  },
  tax: {
    ops: {
      deduct: 'amount',
      discount: 'amount on',
      line: 'price qty taxes',
      round_total: 'step',
    },
    expectations: {
      adjust: '',
      gross: '',
      line_net: 'of',
      line_parts: 'of',
      line_tax: 'of',
      net: '',
      rounded: '',
      tax: '',
      tax_of: 'tax',
    },
    settings: {
      default_taxes: 'any',
      fit: ['no'],
      gross_from: ['entered'],
      net_by: ['document', 'line'],
      odd_cent: ['net'],
      step: 'exact',
      tax_by: ['document', 'line'],
      taxes: 'any',
    },
  },
  terms: {
    ops: { schedule: 'amount date terms' },
    expectations: { dates: 'of', schedule: 'of', sum: 'of' },
    settings: {},
  },
  /** Figures alone. */
  none: { ops: {}, expectations: {}, settings: {} },
}
