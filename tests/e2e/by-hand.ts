/** How fast a person types: slower than any scanner, so that typed figures are not taken for a scan. */
export const byHand = { delay: 40 }
