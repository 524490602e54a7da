import { addresses, MadeListens } from './generated-listens.ts'
import type { Seeded } from './seeded.ts'

export interface MadeRequest {
  readonly address: string
  readonly port: number
  readonly host: string
  readonly target: string
}

const names = [
  ...['a.org', 'www.a.org', '*.a.org', '*.www.a.org', '.a.org', '.www.a.org', 'a.*', 'www.a.*'],
  ...['www.*', '""', 'B.org', '*.org', '~^www\\.', '~a\\.org$', '~^[ab]', '~^W', 'b.a.org', 'x'],
]
const hosts = [
  ...['a.org', 'www.a.org', 'b.www.a.org', 'b.a.org', 'a.com', 'www.a.com', 'www.b.com', 'A.ORG'],
  ...['a.org:80', 'WWW.a.org.', 'a..org', 'b.org', 'x', 'y', 'a.org.:8080', '[::1]:80', 'a/b'],
  ...['10.0.0.1', 'www', 'org', 'c.b.a.org', 'a_b.org', 'www.a', '-'],
]
const targets = ['/', '/a//b', '/a/b', '/a/', '/a/../b', '/a//', '/x?y=1', '/%61//b']
const locations = ['/', '/a/', '/a//', '/a/b', '= /a//b', '~ //']

/** Servers on these two ports; each location answers with the number of its line. */
export function makeServers(seeded: Seeded, ports: readonly [number, number]): string {
  const listens = new MadeListens(seeded, ports)
  const lines: string[] = []
  for (let count = seeded.between(1, 5); count > 0; count--) {
    lines.push('server {', ...listens.ofOneServer())
    if (seeded.isLucky(0.85))
      lines.push(
        `server_name ${seeded.list(seeded.between(1, 3), () => seeded.pick(names)).join(' ')};`,
      )
    if (seeded.isLucky(0.4)) lines.push(`merge_slashes ${seeded.pick(['on', 'off'])};`)
    for (const location of locations)
      if (seeded.isLucky(location === '/' ? 0.95 : 0.3))
        lines.push(`location ${location} { return 200 ${lines.length + 1}; }`)
    lines.push('}')
  }
  return lines.join('\n')
}

export const makeRequest = (seeded: Seeded, ports: readonly number[]): MadeRequest => ({
  address: seeded.pick([...addresses, ...addresses, '[::1]', '[::1]']),
  port: seeded.pick(ports),
  host: seeded.pick(hosts),
  target: seeded.pick(targets),
})
