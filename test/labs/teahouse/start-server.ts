import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { typescript } from '../../real/typescript.ts'

const SERVER = fileURLToPath(new URL('../../../labs/teahouse/server.ts', import.meta.url))

/** The real server.ts as a process of its own, with nothing but this environment. */
export function startServer(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [...typescript, SERVER], {
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    for (const look of waiting) look()
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }))

  /** The first line that matches, already there or still to come. */
  const line = (pattern: RegExp) =>
    Promise.race([
      new Promise<string>((resolve) => {
        const look = () => {
          const found = lines.find((text) => pattern.test(text))
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
      ended.then(() => Promise.reject(new Error(`ended without ${pattern}: ${lines} ${errors}`))),
    ])
  return { child, line, ended }
}

export async function startForum(env: Readonly<Record<string, string>> = {}) {
  const server = startServer({
    PORT: '0',
    SERVER_NAME: 'web1',
    DATABASE_URL: 'memory:',
    REDIS_URL: 'memory:',
    ...env,
  })
  const [, port] = /port (\d+)/.exec(await server.line(/listens on port/)) ?? []
  return { ...server, port: Number(port), url: `http://127.0.0.1:${port}` }
}
