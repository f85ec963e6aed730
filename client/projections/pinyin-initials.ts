/** Pinyin initials of names, for people who type kkkl for 可口可乐. Loaded when masters are written. */
const limitName = 100

/** Loads the table of readings (about 300 kB) once. */
export async function loadInitials(): Promise<(name: string) => string> {
  const { pinyin } = await import('pinyin-pro')
  return (name) =>
    pinyin(name.slice(0, limitName), {
      pattern: 'first',
      toneType: 'none',
      type: 'array',
      nonZh: 'consecutive',
      v: true,
    })
      .join('')
      .replace(/\s+/g, '')
      .toLowerCase()
}
