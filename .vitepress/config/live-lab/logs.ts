import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { execa } from 'execa'
import { composeArguments } from '../../../labs/runtime/docker/docker-cli.ts'
import { composeEnvironment, type Place } from '../../../labs/runtime/docker/place.ts'
import type { Server } from '../../../labs/runtime/server.ts'

export interface Logs {
  hasEnded(): boolean
  stop(): void
  /** Asks for what is new, where nobody tells it unasked. */
  look(): Promise<void>
}

type OnLine = (server: string, text: string) => void

/** `web1-1  | GET /`: Compose's prefix, then the server's own line. */
const prefixed = /^(\S+)-\d+ +\| (.*)$/

/** Some versions of Compose clear the terminal's line first, though there is neither colour nor terminal. */
export function saidIn(line: string) {
  const [, server, said] = prefixed.exec(stripVTControlCharacters(line)) ?? []
  return server && said ? { server, said } : undefined
}

/** Containers' logs, from now on. */
export function streamLogs(place: Place, servers: readonly string[], onLine: OnLine): Logs {
  const options = ['logs', '--follow', '--since', '0s', '--no-color']
  const process = execa('docker', [...composeArguments(place), ...options, ...servers], {
    env: composeEnvironment(place),
    cwd: place.lab.folder,
    stdin: 'ignore',
    stderr: 'ignore',
    buffer: false,
    reject: false,
  })
  let hasEnded = false
  void process.then(() => (hasEnded = true))
  createInterface({ input: process.stdout }).on('line', (text) => {
    const line = saidIn(text)
    if (line) onLine(line.server, line.said)
  })
  return {
    hasEnded: () => hasEnded,
    stop: () => void process.kill(),
    look: () => Promise.resolve(),
  }
}

/** Lines that a look goes back: more in one look are not drawn one by one anyway. */
const tail = 200

/** Machines in a guest kernel, which tells nothing unasked: what they have said since the last look. */
export function pollLogs(
  handleOf: (name: string) => Pick<Server, 'logs'>,
  servers: readonly string[],
  everyMs: number,
  onLine: OnLine,
): Logs {
  const last = new Map<string, readonly string[]>()
  let hasEnded = false

  async function look(): Promise<void> {
    for (const server of servers) {
      const lines = (await handleOf(server).logs(tail)).split('\n').filter(Boolean)
      const fresh = linesSince(last.get(server) ?? lines, lines)
      last.set(server, lines)
      // Told as they may have come, one after the other, not all at the moment of the look.
      for (const [index, text] of fresh.entries())
        setTimeout(() => !hasEnded && onLine(server, text), (index * everyMs) / fresh.length)
    }
  }

  return {
    hasEnded: () => hasEnded,
    stop: () => void (hasEnded = true),
    look: () => look().catch(() => void (hasEnded = true)),
  }
}

/** What has come to a growing log of which both are the end. */
export function linesSince(before: readonly string[], now: readonly string[]): readonly string[] {
  const gone = before.findIndex((_, from) =>
    before.slice(from).every((text, index) => text === now[index]),
  )
  return gone < 0 ? now : now.slice(before.length - gone)
}
