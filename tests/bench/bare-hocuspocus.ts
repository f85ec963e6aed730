/** The floor of G9: Hocuspocus as it comes, without store and without checks. Prints its port. */
import { Server } from '@hocuspocus/server'

const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false })
await server.listen()
console.log(server.address.port)
