/**
 * The shop's own certificate authority and the server certificate it signs. Tablets trust the
 * authority once; the server certificate is renewed as addresses change and time passes.
 */
import './reflect.ts'
import { X509Certificate as ReadCertificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { LanNames } from './lan-names.ts'
import { encodeNameConstraints, nameConstraintsOid } from './name-constraints.ts'

export interface LanCertificates {
  readonly authorityFile: string
  readonly certFile: string
  readonly keyFile: string
  /** SHA-256 of the authority, for people to compare: `AB:CD:…`. */
  readonly fingerprint: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000
/** Trusting an authority is the hard part for a shop, so it is asked for once in ten years. */
const authorityDays = 3650
/** Apple refuses server certificates of more than 825 days, public ones live 398; ours renew themselves. */
const serverDays = 397
const renewDays = 30

/** Makes what is missing, old or wrong for these names; keeps the rest. */
export async function ensureLanCertificates(
  folder: string,
  names: LanNames,
  nowMs: number,
): Promise<LanCertificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = {
    authorityFile: join(folder, 'authority.pem'),
    certFile: join(folder, 'server.pem'),
    keyFile: join(folder, 'server-key.pem'),
  }
  const authorityKeyFile = join(folder, 'authority-key.pem')
  const isAuthorityKept = existsSync(authorityKeyFile) && isUsable(files.authorityFile, [], nowMs)
  if (!isAuthorityKept) await makeAuthority(files.authorityFile, authorityKeyFile, nowMs)
  const isServerKept =
    isAuthorityKept &&
    existsSync(files.keyFile) &&
    isUsable(files.certFile, [...names.addresses, ...names.hosts], nowMs)
  if (!isServerKept) await makeServerCertificate(files, authorityKeyFile, names, nowMs)
  const authority = new ReadCertificate(readFileSync(files.authorityFile))
  return { ...files, fingerprint: authority.fingerprint256 }
}

function isUsable(file: string, names: readonly string[], nowMs: number): boolean {
  if (!existsSync(file)) return false
  const certificate = new ReadCertificate(readFileSync(file))
  return (
    certificate.validFromDate.getTime() <= nowMs &&
    certificate.validToDate.getTime() > nowMs + renewDays * dayMs &&
    names.every((name) => isNamedIn(certificate, name))
  )
}

function isNamedIn(certificate: ReadCertificate, name: string): boolean {
  return (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined
}

async function makeAuthority(file: string, keyFile: string, nowMs: number): Promise<void> {
  const keys = await makeKeys()
  const authority = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Liancang shop ${serialNumber().slice(0, 6)}, O=Liancang`,
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + authorityDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new Extension(nameConstraintsOid, true, encodeNameConstraints()),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  await writeKey(keyFile, keys.privateKey)
  writeFileSync(file, `${authority.toString('pem')}\n`)
}

async function makeServerCertificate(
  files: { authorityFile: string; certFile: string; keyFile: string },
  authorityKeyFile: string,
  names: LanNames,
  nowMs: number,
): Promise<void> {
  const authority = new X509Certificate(readFileSync(files.authorityFile, 'utf8'))
  const keys = await makeKeys()
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Liancang server',
    issuer: authority.subject,
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(Math.min(nowMs + serverDays * dayMs, authority.notAfter.getTime())),
    signingAlgorithm: algorithm,
    signingKey: await readKey(authorityKeyFile),
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...[...new Set([...names.addresses, '127.0.0.1'])].map((value) => ({
          type: 'ip' as const,
          value,
        })),
        ...names.hosts.map((value) => ({ type: 'dns' as const, value })),
      ]),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  await writeKey(files.keyFile, keys.privateKey)
  writeFileSync(files.certFile, `${certificate.toString('pem')}\n${authority.toString('pem')}\n`)
}

async function makeKeys(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

async function writeKey(file: string, key: CryptoKey): Promise<void> {
  const pem = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
  writeFileSync(file, `${pem}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
}

async function readKey(file: string): Promise<CryptoKey> {
  const der = PemConverter.decodeFirst(readFileSync(file, 'utf8'))
  return await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}

/** 16 random bytes, positive and without a leading zero byte. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f)
  return Buffer.from(bytes).toString('hex')
}
