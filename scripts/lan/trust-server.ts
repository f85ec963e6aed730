/** Serves the trust page and the authority's certificate over plain http; knows nothing else of the app. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { certificatePath, type TrustFacts, trustPage } from './trust-page.ts'

export function openTrustServer(options: {
  facts: TrustFacts
  authorityFile: string
  port: number
}): Promise<Server> {
  const page = trustPage(options.facts)
  const certificate = derOf(readFileSync(options.authorityFile, 'utf8'))
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (path === certificatePath) {
      response.setHeader('Content-Type', 'application/x-x509-ca-cert')
      response.setHeader('Content-Disposition', 'attachment; filename="liancang.crt"')
      response.end(certificate)
    } else if (path === '/') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      response.end(page)
    } else {
      response.writeHead(302, { Location: '/' }).end()
    }
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, () => resolve(server))
  })
}

/** Android and Windows take DER everywhere; PEM only in some versions. */
function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')
}
