/** Answers of commands, given and to come, by command id: a repeated command yields its first result. */

export interface CommandResults {
  get(commandId: string): Promise<unknown> | undefined
  keep(commandId: string, result: Promise<unknown>): void
}

/** `limit`: so many of the newest are kept. */
export function makeCommandResults(limit: number): CommandResults {
  const results = new Map<string, Promise<unknown>>()
  return {
    get: (commandId) => results.get(commandId),
    keep(commandId, result) {
      results.set(commandId, result)
      for (const oldest of results.keys()) {
        if (results.size <= limit) break
        results.delete(oldest)
      }
      // What broke may be tried again under its own id; what was answered stays answered.
      result.catch(() => results.delete(commandId))
    },
  }
}
