/** How much of a desk is one device's. Knows the bytes of a desk, not what they say. */
import { type Doc, Item, UpdateEncoderV1 } from 'yjs'
import { deskWriter } from './known-desk.ts'

/** Bytes of what the device has written and nobody has deleted or typed over. */
export function deskShareBytes(doc: Doc, device: string): number {
  let bytes = 0
  for (const [client, structs] of doc.store.clients) {
    if (deskWriter(doc, client) !== device) continue
    for (const struct of structs) {
      if (!(struct instanceof Item) || struct.deleted) continue
      const encoder = new UpdateEncoderV1()
      struct.write(encoder, 0)
      bytes += encoder.toUint8Array().length
    }
  }
  return bytes
}
