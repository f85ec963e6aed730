/** Keys that belong to an input method (拼音) that is composing, not to us. */

/** True while composing; Safari tells the ending Enter only by key code 229. */
export function isComposingKey(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** What a person composes so far as a search text: `nong'fu` and `nong fu` are both `nongfu`. */
export function composedText(text: string): string {
  return text.replace(/['’](?=[a-z])/gi, '')
}
