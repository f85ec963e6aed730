/** Base64 for URLs, without padding, as JSON Web Keys and device proofs write bytes. */
export function base64UrlText(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
