/**
 * 恶意文件: more than five hundred files that no honest system writes, each made from its number alone. What
 * each family wants is said where it is made; none may crash the reader, hold it long, eat its memory,
 * run anything, or change more than its own rows.
 */
import { bombs, brokenArchives, strayCells, wrongXml } from './hostile-archives.ts'
import type { HostileFile } from './hostile-file.ts'
import { hostileCells, hostileHeaders, mutations } from './hostile-tables.ts'
import { htmlTables, hugeTexts, wrongEncodings } from './hostile-texts.ts'

export function hostileFiles(): HostileFile[] {
  return [
    ...bombs(),
    ...brokenArchives(),
    ...wrongXml(),
    ...strayCells(),
    ...wrongEncodings(),
    ...hugeTexts(),
    ...htmlTables(),
    ...hostileHeaders(),
    ...hostileCells(),
    ...mutations(),
  ]
}
