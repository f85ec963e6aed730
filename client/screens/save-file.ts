import { command } from '#client/commands/command.ts'

/** Hands out everything that only this device has. */
export async function exportUnsent(): Promise<void> {
  const made = await command('exportUnsent', {})
  if (made.ok) saveFile(made.value.fileName, made.value.bytes)
}

/** Hands bytes to the person as a download. */
export function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()]))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
