/**
 * What a location is compared with. `bytes` is the path with every byte as one character (é is two),
 * `text` the same for human eyes.
 */
export interface NormalPath {
  readonly bytes: string
  readonly text: string
}

/**
 * The path as nginx compares it: query string cut off, %XX decoded once, `.` and `..` walked,
 * slashes merged. Undefined when nginx answers 400: a `..` above the root, a broken %, a byte
 * that no request may hold.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function normalisePath(target: string, mergeSlashes = true): NormalPath | undefined {
  const raw = toBytes(target)
  if (!raw.startsWith('/') || /[\0-\x20\x7f]/.test(raw)) return undefined
  const decoded = decode(raw.slice(1).split(/[?#]/, 1)[0]!)
  // A decoded slash or dot counts as one: `/a%2F%2e%2e` is `/a/..`.
  const segments = decoded === undefined ? undefined : walk(decoded.split('/'), mergeSlashes)
  if (!segments) return undefined
  const bytes = `/${segments.join('/')}`
  return { bytes, text: fromBytes(bytes) }
}

/** Decodes once: %2541 is %41, and %3F a question mark that begins no query string. */
function decode(path: string): string | undefined {
  const isBroken = /%(?![\da-f]{2})|%00/i.test(path)
  if (isBroken) return undefined
  return path.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

/** Undefined when the way leads above the root. */
function walk(segments: readonly string[], mergeSlashes: boolean): readonly string[] | undefined {
  const way: string[] = []
  const last = segments.length - 1
  for (const [index, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..'
    if (segment === '..' && way.pop() === undefined) return undefined
    // What is left after the last segment is the empty name behind a slash.
    if (isDots || (segment === '' && mergeSlashes)) {
      if (index === last) way.push('')
    } else way.push(segment)
  }
  return way
}

/** A text's UTF-8, each byte one character: nginx compares bytes. */
export const toBytes = (text: string): string => {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

export const fromBytes = (bytes: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
