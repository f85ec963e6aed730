import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:https'
import { isIP, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureLanCertificates, type LanCertificates } from './certificates.ts'

const now = Date.UTC(2026, 10, 22)
const dayMs = 86_400_000
const names = { addresses: ['192.168.1.20'], hosts: ['localhost', 'till-1.local'] }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liancang-lan-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function read(file: string): X509Certificate {
  return new X509Certificate(readFileSync(file))
}

describe('certificates for the shop network', () => {
  it('signs a server certificate for the addresses with the shop authority', async () => {
    const made = await ensureLanCertificates(folder, names, now)
    const server = read(made.certFile)
    const authority = read(made.authorityFile)
    expect(server.verify(authority.publicKey)).toBe(true)
    expect(server.checkIssued(authority)).toBe(true)
    expect(server.checkIP('192.168.1.20')).toBe('192.168.1.20')
    expect(server.checkHost('till-1.local')).toBe('till-1.local')
    expect(server.validToDate.getTime() - server.validFromDate.getTime()).toBeLessThan(825 * dayMs)
    expect(authority.ca).toBe(true)
    expect(made.fingerprint).toBe(authority.fingerprint256)
  })

  it('keeps private keys from other people on the machine', async () => {
    await ensureLanCertificates(folder, names, now)
    for (const file of ['authority-key.pem', 'server-key.pem']) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    }
  })

  it('keeps both certificates while they fit', async () => {
    const first = await ensureLanCertificates(folder, names, now)
    const serial = read(first.certFile).serialNumber
    const second = await ensureLanCertificates(folder, names, now + dayMs)
    expect(read(second.certFile).serialNumber).toBe(serial)
  })

  it('renews the server certificate, not the authority, for a new address or near its end', async () => {
    const first = await ensureLanCertificates(folder, names, now)
    const moved = { ...names, addresses: ['192.168.1.77'] }
    const second = await ensureLanCertificates(folder, moved, now)
    expect(second.fingerprint).toBe(first.fingerprint)
    expect(read(second.certFile).checkIP('192.168.1.77')).toBe('192.168.1.77')
    const third = await ensureLanCertificates(folder, moved, now + 370 * dayMs)
    expect(third.fingerprint).toBe(first.fingerprint)
    expect(read(third.certFile).validToDate.getTime()).toBeGreaterThan(now + 700 * dayMs)
  })

  it('is accepted by a TLS client that trusts the authority, and only then', async () => {
    const made = await ensureLanCertificates(folder, names, Date.now())
    expect(await isAccepted(made, '192.168.1.20')).toBe(true)
    expect(await isAccepted(made, '192.168.1.21')).toBe(false)
  })

  it('gives an authority that cannot vouch for other names', async () => {
    const elsewhere = { addresses: ['8.8.8.8'], hosts: ['bank.example'] }
    const made = await ensureLanCertificates(folder, elsewhere, Date.now())
    expect(await isAccepted(made, 'bank.example')).toBe(false)
  })
})

async function isAccepted(made: LanCertificates, servername: string): Promise<boolean> {
  const options = { cert: readFileSync(made.certFile), key: readFileSync(made.keyFile) }
  const server = createServer(options)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise<boolean>((resolve) => {
      const ca = readFileSync(made.authorityFile)
      const socket = connect({ port, host: '127.0.0.1', ca, checkServerIdentity: () => undefined })
      socket.once('error', () => resolve(false))
      socket.once('secureConnect', () => {
        const peer = new X509Certificate(socket.getPeerCertificate().raw)
        const isNamed = isIP(servername) ? peer.checkIP(servername) : peer.checkHost(servername)
        socket.destroy()
        resolve(isNamed !== undefined)
      })
    })
  } finally {
    server.close()
  }
}
