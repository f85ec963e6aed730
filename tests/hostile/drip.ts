/** A request that never comes to its end. */
import { connect } from 'node:net'

const everyMs = 2_000

/** Sends the start and then a letter now and again; how the server ended it. */
export function drip(port: number, start: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: '127.6.6.4' })
    let heard = ''
    const timer = setInterval(() => socket.write('x'), everyMs)
    socket.on('data', (data) => (heard += data.toString('latin1')))
    socket.on('error', (error) => (heard ||= error.message))
    socket.on('close', () => {
      clearInterval(timer)
      resolve(heard.split('\r\n')[0] || 'closed')
    })
    socket.write(start)
  })
}
