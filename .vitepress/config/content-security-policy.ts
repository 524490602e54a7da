import { createHash } from 'node:crypto'
import { frameScript } from '../theme/playground/judge/sealed-frame.ts'

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/**
 * Says in each page that it asks no other host for anything. VitePress's two small inline scripts
 * (dark mode before the first paint, Mac keys) are allowed by their hashes, and so is the script of
 * the frame that judges answers, which has this policy, too; Vue and Shiki set `style`. A `blob:` is
 * made by a script that runs already: no text can name one.
 */
export function withPolicy(html: string): string {
  const inline = [...html.matchAll(inlineScript)].map(([, code = '']) => code)
  const hashes = [...inline, frameScript].map(
    (code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  )
  const policy = [
    "default-src 'self'",
    `script-src 'self' blob: ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ')
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  return html.replace('<meta charset="utf-8">', (charset) => `${charset}\n    ${meta}`)
}
