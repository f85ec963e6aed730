/** 全角转半角: what a Chinese input method types instead of ASCII. */

/** Full-width ASCII forms (U+FF01–FF5E) and the ideographic space as their ASCII twins. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (letter) =>
    letter === '\u3000' ? ' ' : String.fromCharCode(letter.charCodeAt(0) - 0xfee0),
  )
}
