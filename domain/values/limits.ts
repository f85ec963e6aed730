/**
 * Named bounds of everything that merged, typed or imported data can make large (S12). Crossing one
 * is a finding or a `Result`. A bound is checked where data comes in; sums of merged data by `limitStock`.
 */

/** Lines of one document. */
export const limitLines = 1_000
/** Packed bytes of one record. */
export const limitRecordBytes = 262_144
/** Nesting of arrays and objects in canonical text. */
export const limitDepth = 16
/** One entered or posted quantity, in steps of 10⁻⁴ base unit: 100 million base units. */
export const limitQuantity = 1_000_000_000_000
/** One entered or posted amount, in fen: 10 thousand million yuan. */
export const limitMoney = 1_000_000_000_000
/** Goods of a SKU in all, in steps and in fen: a thousand entries at their limit. Posting refuses more. */
export const limitStock = 1_000_000_000_000_000
/** Magnitude below which sums of merged data are exact. */
export const limitSum = 2 ** 52
/** One unit price, in millionths of a yuan: 1 million yuan. */
export const limitUnitPrice = 1_000_000_000_000
/** One rate, in 10⁻⁴: ten thousand per cent. */
export const limitPercent = 1_000_000
/** Numerator and denominator of a unit factor. */
export const limitUnitFactor = 1_000_000_000
/** Units of one SKU, the base unit among them. */
export const limitUnits = 16
/** Components, by-products and alternatives of one recipe. */
export const limitBomRows = 200
/** Components that one explosion of a recipe passes, over all its levels. */
export const limitBomSteps = 20_000
/** Quantity steps and periods of the price of one unit. */
export const limitPriceRows = 50
/** UTF-16 units of a one-line text field: codes, names, barcodes. */
export const limitText = 200
/** UTF-16 units of a note. */
export const limitNote = 2_000
/** First millisecond that an `Instant` cannot hold (2248-09-26): 2^43, so that an `Hlc` is a safe integer. */
export const limitInstantMs = 8_796_093_022_208
/** How far a foreign clock may run ahead before it no longer moves ours, in ms. */
export const limitClockAheadMs = 86_400_000
/** One imported file: packed, unpacked, and the table in it. */
export const limitImportBytes = 67_108_864
export const limitUnpackedBytes = 134_217_728
/** One part of a workbook that is no sheet: some 300,000 distinct texts. Read whole, at 60 times its size. */
export const limitUnpackedPartBytes = 16_777_216
export const limitImportSheets = 32
export const limitImportRows = 1_000_000
/** Rows of one table of masters or opening stock: more than any shop keeps. */
export const limitPlannedRows = 200_000
export const limitImportColumns = 256
/** Cells of one sheet up to the last of each row, empty ones too. */
export const limitImportCells = 33_554_432
/** UTF-16 units of one cell. */
export const limitCellText = 2_000
/** Problems of one import that are listed; the rest is only counted. */
export const limitImportProblems = 1_000
