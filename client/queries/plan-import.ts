/** A dry run of a file: what it would import, and every problem with its row. Nothing is written. */
import { judgeApart } from '#client/importing/judge-apart.ts'
import type { JudgedFile, Judgement } from '#client/importing/judge-file.ts'
import { engine } from './engine.ts'

/** Reads the file to its end; `bytes` belong to the reader afterwards. */
export async function planImport(file: Omit<JudgedFile, 'ground'>): Promise<Judgement> {
  const ground = await engine().read('importGround', {})
  return ground.ok ? await judgeApart({ ...file, ground: ground.value }) : ground
}
