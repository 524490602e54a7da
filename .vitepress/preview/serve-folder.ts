import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const isText = /^text\/|json|svg|xml/

export interface Served {
  /** With the base path, without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/** A static host as hosts are: addresses without `.html`, gzip, a 404 page. Loopback only. */
export async function serveFolder(folder: string, base = '/'): Promise<Served> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const found = pathname.startsWith(base)
      ? find(folder, decodeURIComponent(pathname.slice(base.length)))
      : undefined
    const file = found ?? join(folder, '404.html')
    const type = types[extname(file)] ?? 'application/octet-stream'
    const isHashed = found !== undefined && pathname.startsWith(`${base}assets/`)
    const body = readFileSync(file)
    response.writeHead(found ? 200 : 404, {
      'content-type': type,
      'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(isText.test(type) && { 'content-encoding': 'gzip' }),
    })
    response.end(isText.test(type) ? gzipSync(body) : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}${base.replace(/\/$/, '')}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function find(folder: string, path: string): string | undefined {
  const inside = join(folder, normalize(`/${path}`))
  const candidates =
    path === '' || path.endsWith('/') ? [join(inside, 'index.html')] : [inside, `${inside}.html`]
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
}
