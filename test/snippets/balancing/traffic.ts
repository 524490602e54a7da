import {
  allowsBackup,
  server,
  type Method,
  type Server,
  type Upstream,
} from '../../../snippets/balancing/upstream.ts'
import type { Reaction } from '../../../snippets/balancing/pass-request.ts'
import type { Seeded } from '../nginx/seeded.ts'

/** An upstream, and the requests that come to it one after another. */
export interface Traffic {
  readonly upstream: Upstream
  readonly hasZone: boolean
  readonly requests: readonly Request[]
}

export interface Request {
  readonly client: string
  readonly key: string
  /** How each server reacts if it gets this request; those not named answer well. */
  readonly reactions: Readonly<Record<string, Reaction>>
}

export const alive = [
  ...['9001', '9002', '9003', '9004', '9005'].map((port) => `127.0.0.1:${port}`),
  ...['unix:/tmp/9006', 'unix:/tmp/9007.socket'],
]
/** What stands for a server in a request's header. */
export const shortName = (name: string): string => /9\d{3}/.exec(name)![0]
/** Nobody listens there. */
export const dead = ['9008', '9009'].map((port) => `127.0.0.1:${port}`)

const methods: readonly Method[] = [
  ...(['round-robin', 'round-robin', 'least-conn', 'ip-hash', 'hash', 'consistent-hash'] as const),
  ...(['random', 'random-two'] as const),
]

export function makeTraffic(seeded: Seeded, requests: number): Traffic {
  const method = seeded.pick(methods)
  // With dice, every possibility is followed: a few servers and a few requests are plenty.
  const isDrawn = method.startsWith('random')
  const servers = makeServers(seeded, method, isDrawn ? 3 : 5)
  const trouble = seeded.pick([0, 0.05, 0.3])
  return {
    upstream: { method, servers },
    hasZone: seeded.isLucky(0.3),
    requests: seeded.list(isDrawn ? requests / 3 : requests, () => ({
      client: `10.${seeded.below(3)}.${seeded.below(3)}.${seeded.below(250)}`,
      key: seeded.isLucky(0.05) ? '' : `k${seeded.below(40)}`,
      reactions: Object.fromEntries(
        servers.map(({ name }) => [name, react(seeded, name, trouble)]),
      ),
    })),
  }
}

const react = (seeded: Seeded, name: string, trouble: number): Reaction => {
  if (dead.includes(name)) return 'error'
  return seeded.isLucky(trouble) ? seeded.pick(['error', 'status', 'absent']) : 'ok'
}

function makeServers(seeded: Seeded, method: Method, most: number): readonly Server[] {
  const names = [...alive, ...dead].toSorted(() => seeded.next() - 0.5)
  const made = names.slice(0, seeded.between(1, most)).map((name) =>
    server(name, {
      weight: seeded.pick([1, 1, 1, 2, 3, 5]),
      maxFails: seeded.pick([1, 1, 2, 3, 0]),
      failTimeoutS: seeded.pick([1, 1, 2, 10]),
      backup: allowsBackup(method) && seeded.isLucky(0.25),
      down: seeded.isLucky(0.12),
    }),
  )
  // nginx wants a server that is no backup.
  return made.every(({ backup }) => backup)
    ? [{ ...made[0]!, backup: false }, ...made.slice(1)]
    : made
}
