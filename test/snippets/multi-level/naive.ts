import type { Load, Plan } from '../../../snippets/multi-level/read-through.ts'
import type { Reading } from '../../../snippets/multi-level/readings.ts'
import type {
  Place,
  Times,
  Version,
  WindowSettings,
} from '../../../snippets/multi-level/stale-story.ts'
import type { Random } from '../../../snippets/sim/random.ts'

interface Line {
  readonly page: string
  readonly until: number
}

/** Stores as lists, the latest used first; every list is gone through from its beginning. */
export function naiveLoad(plan: Plan, readings: readonly Reading[], random: Random): Load {
  const lists: Line[][][] = plan.levels.map(({ stores }) => stores.map(() => []))
  const counts = plan.levels.map(({ stores }) =>
    stores.map((name) => ({ name, asked: 0, found: 0, filled: 0 })),
  )
  const servers: number[] = []
  let [database, ms] = [0, 0]
  for (const { atMs, server, page } of readings) {
    servers[server] = (servers[server] ?? 0) + 1
    const way: number[] = []
    let found: Line | undefined
    while (!found && way.length < plan.levels.length) {
      const at = way.length
      const { choice, stores, askMs } = plan.levels[at]!
      const which =
        choice === 'own' ? server : stores.length > 1 ? Math.floor(random() * stores.length) : 0
      way.push(which)
      ms += askMs
      counts[at]![which]!.asked += 1
      const list = lists[at]![which]!
      found = list.find((line) => line.page === page && line.until > atMs)
      if (!found) continue
      counts[at]![which]!.found += 1
      lists[at]![which] = [found, ...list.filter((line) => line !== found)]
    }
    if (!found) {
      database += 1
      ms += plan.databaseMs
    }
    let until = found?.until ?? Infinity
    for (let at = way.length - (found ? 2 : 1); at >= 0; at -= 1) {
      const { ttlMs, entries } = plan.levels[at]!
      if (atMs + ttlMs < until) until = atMs + ttlMs
      const which = way[at]!
      counts[at]![which]!.filled += 1
      const others = lists[at]![which]!.filter((line) => line.page !== page)
      lists[at]![which] = [{ page, until }, ...others].slice(0, entries)
    }
  }
  return {
    ...{ readings: readings.length, servers, database, meanMs: ms / readings.length },
    levels: plan.levels.map(({ name }, at) => ({ name, stores: counts[at]! })),
  }
}

const tickMs = 5

/** The same page, looked at every five milliseconds: when a reader of either server sees the old one. */
export function naiveWindow(
  settings: WindowSettings,
  times: Times,
): Record<'web1' | 'web2', number> {
  const { hasProcess, order, message, group, slow } = settings
  const step = (count: number) => times.writeMs + count * times.stepMs
  const [mainAt, groupsAt, ownAt] = { 'far-first': [1, 2, 3], 'near-first': [3, 2, 1], nobody: [] }[
    order
  ].map(step)
  const answeredMs = order === 'nobody' ? times.writeMs : step(3)
  const arrivesMs = { 'in-time': times.messageMs, late: times.lateMs, lost: Infinity }[message]
  const deletes: [Place, number | undefined][] = [
    ['main', mainAt],
    ['near1', groupsAt],
    ['near2', group === 'told' ? groupsAt : undefined],
    ['web1', hasProcess ? ownAt : undefined],
    ['web2', hasProcess && ownAt !== undefined ? ownAt + arrivesMs : undefined],
  ]
  const all: readonly Place[] = ['main', 'near1', 'near2', 'web1', 'web2']
  const box = new Map<Place, { version: Version; until: number }>()
  for (const place of all)
    if (hasProcess || !place.startsWith('web'))
      box.set(place, { version: 1, until: times.restMs[place] })
  const life = (place: Place) =>
    times.ttlMs[place === 'main' ? 'main' : place.startsWith('web') ? 'process' : 'near']
  const put = (place: Place, nowMs: number, version: Version, rest: number) => {
    const own = nowMs + life(place)
    box.set(place, { version, until: settings.ttl === 'own' ? own : Math.min(own, rest) })
  }
  const last = { web1: answeredMs, web2: answeredMs }
  for (let nowMs = 0; nowMs < 60_000; nowMs += tickMs) {
    const database: Version = nowMs < times.writeMs ? 1 : 2
    const readers = () => {
      for (const place of ['near1', 'near2'] as const) {
        if (box.has(place)) continue
        if (!box.has('main')) put('main', nowMs, database, Infinity)
        put(place, nowMs, box.get('main')!.version, box.get('main')!.until)
      }
      for (const place of hasProcess ? (['web1', 'web2'] as const) : []) {
        if (box.has(place)) continue
        const [worst] = [box.get('near1')!, box.get('near2')!].sort(
          (a, b) => a.version - b.version || b.until - a.until,
        )
        put(place, nowMs, worst!.version, worst!.until)
      }
    }
    for (const [place, { until }] of [...box]) if (until <= nowMs) box.delete(place)
    readers()
    for (const [place, atMs] of deletes)
      if (atMs === nowMs) {
        box.delete(place)
        readers()
      }
    const isKept = settings.fill === 'plain' || order === 'nobody'
    if (slow !== 'none' && isKept && nowMs === times.slowFillMs) {
      let rest = slow === 'from-main' ? times.restMs.main : Infinity
      for (const place of ['main', 'near1', 'web2'] as const) {
        if (place === 'main' && slow === 'from-main') continue
        if (place === 'web2' && !hasProcess) continue
        put(place, nowMs, 1, rest)
        rest = box.get(place)!.until
      }
    }
    for (const server of ['web1', 'web2'] as const) {
      const own = box.get(server)?.version
      const isOld = own
        ? own === 1
        : [...box].some(([at, one]) => at !== 'main' && one.version === 1)
      if (isOld && nowMs >= answeredMs) last[server] = nowMs + tickMs
    }
  }
  return { web1: last.web1 - answeredMs, web2: last.web2 - answeredMs }
}
