/** Any language's texts say the same things with the same facts as the Chinese ones. */
export type Spoken<Text> = {
  readonly [Key in keyof Text]: Text[Key] extends (...facts: infer Facts) => string
    ? (...facts: Facts) => string
    : string
}
