/**
 * Proof that a request comes from the device itself: its signature over what it wants and when. A
 * cookie or a password that was carried to another machine is worth nothing without the device's
 * key.
 */
import type { PublicKeyJwk, Verifier } from '#domain/records/signature.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import { done, fail, type Result } from '#domain/values/result.ts'

export interface DeviceProof {
  /** Server-corrected time of the device, ms. */
  readonly timestampMs: number
  /** Raw r||s in base64url. */
  readonly signature: string
}

export type ProofProblem =
  | { readonly code: 'proof-invalid' }
  /** The device corrects its clock by the server's and asks again. */
  | { readonly code: 'clock-off'; readonly serverTimeMs: number }

/** How far a device's idea of the server's time may be off. */
const limitSkewMs = 5 * 60_000

/** The text that a device signs: `renew|{device}|{timestampMs}`, `session|…`, `quarantine|…`. */
export function proofText(
  purpose: 'renew' | 'session' | 'quarantine',
  device: string,
  timestampMs: number,
): string {
  return `${purpose}|${device}|${timestampMs}`
}

export async function checkProof(
  text: string,
  proof: DeviceProof,
  check: { readonly publicKey: PublicKeyJwk; readonly verifier: Verifier; readonly nowMs: number },
): Promise<Result<undefined, ProofProblem>> {
  if (Math.abs(proof.timestampMs - check.nowMs) > limitSkewMs) {
    return fail({ code: 'clock-off', serverTimeMs: check.nowMs })
  }
  const signature = Uint8Array.from(Buffer.from(proof.signature, 'base64url'))
  const isGood = await check.verifier.verify(check.publicKey, sha256Bytes(text), signature)
  return isGood ? done(undefined) : fail({ code: 'proof-invalid' })
}
