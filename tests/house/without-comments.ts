/** Source text with comments blanked out (line numbers stay), so that a rule reads code only. */
const tokens = [
  /\/\/[^\n]*/, // line comment
  /\/\*[\s\S]*?\*\//, // block comment
  /'(?:\\.|[^'\\\n])*'/,
  /"(?:\\.|[^"\\\n])*"/,
  /`(?:\\[\s\S]|[^`\\])*`/,
  /(?<=[=(,:[!&|?{};]\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/,
]
const token = new RegExp(tokens.map((part) => part.source).join('|'), 'g')

export function withoutComments(text: string): string {
  return text.replace(token, (found) =>
    found.startsWith('//') || found.startsWith('/*') ? found.replace(/[^\n]/g, ' ') : found,
  )
}
