import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { execa } from 'execa'
import { composeArguments } from '../../../labs/runtime/docker/docker-cli.ts'
import { composeEnvironment, type Place } from '../../../labs/runtime/docker/place.ts'

export interface Logs {
  hasEnded(): boolean
  stop(): void
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
  }
}
