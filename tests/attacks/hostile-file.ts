/** One file of the corpus, made from its number alone. */
export interface HostileFile {
  readonly name: string
  /** Takes seconds or hundreds of megabytes to make or to refuse: left to the long run. */
  readonly isHeavy: boolean
  make(): Uint8Array
}

export const utf8 = (text: string) => new TextEncoder().encode(text)
export const named = (name: string, make: () => Uint8Array): HostileFile => ({
  ...{ name, make },
  isHeavy: /\b(?:100|200|400) MB|million|70000|000000|000001|kernel|beyond/.test(name),
})
export const honestCsv = '编码,名称,基本单位,零售价\nA1,可乐,罐,3.5\n'
