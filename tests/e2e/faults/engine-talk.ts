/**
 * Speaks to a device's engine as one more tab would: over the channel on which tabs ask the one engine. Lets a
 * test order hundreds of acts and read what is kept without a screen; knows the face, nothing behind it.
 */
import type { Page } from '@playwright/test'
import type {
  CommandArgs,
  CommandName,
  CommandResult,
  QueryArgs,
  QueryName,
  QueryResult,
} from '#client/engine/face/face.ts'
import type { EngineAnswer, EngineRequest } from '#client/engine/face/relay.ts'

export async function ask<Name extends QueryName>(
  page: Page,
  name: Name,
  args: QueryArgs<Name>,
): Promise<QueryResult<Name>> {
  const request: EngineRequest = { kind: 'read', id: crypto.randomUUID(), name, args }
  return (await talk(page, request)) as QueryResult<Name>
}

export async function order<Name extends CommandName>(
  page: Page,
  name: Name,
  args: CommandArgs<Name>,
  commandId: string = crypto.randomUUID(),
): Promise<CommandResult<Name>> {
  const request: EngineRequest = {
    ...{ kind: 'command', id: crypto.randomUUID(), name, args, commandId },
  }
  return (await talk(page, request)) as CommandResult<Name>
}

async function talk(page: Page, request: EngineRequest): Promise<unknown> {
  const answer = await page.evaluate(askOnChannel, request)
  if (answer.kind === 'failed') throw new Error(answer.message)
  return answer.value
}

/** Runs in the page. A new engine is asked again: an older one may have gone with the question. */
function askOnChannel(request: EngineRequest): Promise<EngineAnswer> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel('liancang')
    const send = () => channel.postMessage({ kind: 'request', request })
    const again = setInterval(send, 1_000)
    channel.onmessage = ({ data }) => {
      if (data.kind === 'started') return send()
      if (data.id !== request.id) return
      clearInterval(again)
      channel.close()
      resolve(data)
    }
    send()
  })
}
