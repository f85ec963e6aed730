/** 导入 (import) without a screen: the same dry run and the same command as behind the import screen. */
import type { CommandResult, Problem } from '#client/engine/face/face.ts'
import { type JudgedFile, type Judgement, judgeFile } from '#client/importing/judge-file.ts'
import { acceptedRows, type ImportPlan } from '#domain/exchange/import-plan.ts'
import type { Result } from '#domain/values/result.ts'
import { type Device, warehouseOf } from './device.ts'

export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What the file would bring; nothing is written. `warehouse` is for stock that names none. */
export async function planFile(
  device: Device,
  { bytes }: NamedFile,
  warehouse?: string,
): Promise<Result<ImportPlan, readonly Problem[]>> {
  const warehouseId = await warehouseOf(device, warehouse)
  if (!warehouseId.ok) return warehouseId
  const planned = await judgeOn(device, { bytes, warehouseId: warehouseId.value })
  return planned.ok ? planned : { ok: false, problem: [planned.problem] }
}

/** The dry run, in this process: a command line has nobody to hold up. */
export async function judgeOn(
  device: Device,
  file: Omit<JudgedFile, 'ground'>,
): Promise<Judgement> {
  const ground = await device.engine.read('importGround', {})
  return ground.ok ? await judgeFile({ ...file, ground: ground.value }) : ground
}

/** All accepted rows of a plan or none, and then 已同步. */
export async function importPlan(
  device: Device,
  plan: ImportPlan,
): Promise<CommandResult<'importRows'>> {
  const written = await device.act('importRows', acceptedRows(plan))
  const arrived = written.ok ? await device.synced() : written
  return arrived.ok ? written : arrived
}
