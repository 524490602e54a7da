import { isUtf8 } from 'node:buffer'

/** Servers read text with Unix line ends; what is no text (a picture, a font) stays as it is. */
export function withUnixLineEnds(bytes: Buffer): Buffer {
  if (!bytes.includes('\r\n') || bytes.includes(0) || !isUtf8(bytes)) return bytes
  return Buffer.from(bytes.toString('utf8').replaceAll('\r\n', '\n'))
}
