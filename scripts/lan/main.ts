/**
 * Child process of `npm start -- --lan`: makes certificates, opens the trust page, tells the parent
 * where the files are (one IPC message), and lives as long as the parent does.
 */
import { renderUnicodeCompact } from 'uqr'
import { ensureLanCertificates } from './certificates.ts'
import { lanNames } from './lan-names.ts'
import { isPrivateAddress } from './name-constraints.ts'
import { openTrustServer } from './trust-server.ts'

const [folder, portText, chosen] = process.argv.slice(2)
if (folder === undefined || portText === undefined) {
  throw new Error('usage: main.ts folder port [address]')
}
const port = Number(portText)

if (chosen !== undefined && !isPrivateAddress(chosen)) {
  console.error(`${chosen} 不是局域网地址。${chosen} is not an address of a local network.`)
  process.exit(1)
}
const found = lanNames()
const addresses =
  chosen === undefined
    ? found.addresses
    : [chosen, ...found.addresses.filter((address) => address !== chosen)]
const names = { ...found, addresses }
const address = addresses[0] ?? 'localhost'
if (addresses.length === 0) {
  console.error('没有找到局域网地址，暂时只能在本机打开：请连接店内的路由器或 Wi-Fi 后重新启动。')
  console.error('No address in a local network was found, so only this machine can open the app:')
  console.error('connect to the shop router or Wi-Fi and start again.')
}

const certificates = await ensureLanCertificates(folder, names, Date.now())
const appUrl = `https://${address}:${port}`
const trustUrl = `http://${address}:${port + 1}`
await openTrustServer({
  facts: { appUrl, fingerprint: certificates.fingerprint },
  authorityFile: certificates.authorityFile,
  port: port + 1,
}).catch((error: NodeJS.ErrnoException) => {
  console.error(`端口 ${port + 1} 打不开（${error.code}）。Port ${port + 1} cannot be opened.`)
  process.exit(1)
})

process.on('disconnect', () => process.exit(0))
process.send?.({
  certFile: certificates.certFile,
  keyFile: certificates.keyFile,
  authorityFile: certificates.authorityFile,
  appUrl,
  otherUrls: addresses.slice(1).map((other) => `https://${other}:${port}`),
  trustUrl,
  fingerprint: certificates.fingerprint,
  code: renderUnicodeCompact(trustUrl, { border: 1 }),
})
