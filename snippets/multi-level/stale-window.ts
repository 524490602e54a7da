import {
  groups,
  places,
  processes,
  usualTimes,
  type Moment,
  type Place,
  type Refill,
  type StaleStory,
  type Times,
  type Version,
  type WebServer,
  type WindowEvent,
  type WindowSettings,
} from './stale-story.ts'

interface Kept {
  readonly version: Version
  readonly untilMs: number
}

interface Act {
  readonly atMs: number
  readonly event: WindowEvent
}

/**
 * A page that is asked for all the time, at both web servers and by way of both groups: whatever is
 * missing somewhere is filled at once. Where a reader could find the old version or the new one, he
 * finds the old.
 */
export function playWindow(settings: WindowSettings, times: Times = usualTimes): StaleStory {
  const kept = new Map<Place, Kept>(
    places
      .filter((place) => settings.hasProcess || !isProcess(place))
      .map((place) => [place, { version: 1, untilMs: times.restMs[place] }]),
  )
  let database: Version = 1
  /** What the slow reader has in his hands. */
  let late: Kept = {
    version: 1,
    untilMs: settings.slow === 'from-main' ? times.restMs.main : Infinity,
  }
  const moments: Moment[] = []
  const acts = plan(settings, times)
  const answeredMs = acts.find(({ event }) => event.kind === 'answered')!.atMs

  // #region fill
  const fill = (at: Place, from: Kept, nowMs: number): Kept => {
    const own = nowMs + times.ttlMs[levelOf(at)]
    const filled = {
      version: from.version,
      untilMs: settings.ttl === 'rest' ? Math.min(own, from.untilMs) : own,
    }
    kept.set(at, filled)
    return filled
  }
  // #endregion fill

  /** The next readers, wherever something is missing. */
  const refill = (nowMs: number): readonly Refill[] => {
    const refills: Refill[] = []
    const note = (at: Place, from: Refill['from'], { version }: Kept) =>
      refills.push({ at, from, version })
    for (const group of groups) {
      if (kept.has(group)) continue
      if (!kept.has('main'))
        note('main', 'database', fill('main', { version: database, untilMs: Infinity }, nowMs))
      note(group, 'main', fill(group, kept.get('main')!, nowMs))
    }
    for (const server of settings.hasProcess ? processes : []) {
      if (kept.has(server)) continue
      const from = groups.reduce((a, b) => (isWorse(kept.get(b)!, kept.get(a)!) ? b : a))
      note(server, from, fill(server, kept.get(from)!, nowMs))
    }
    return refills
  }

  const tell = (atMs: number, event: WindowEvent, refills = refill(atMs)): void => {
    const version = (place: Place) => kept.get(place)?.version
    const oldest = groups.some((group) => version(group) === 1) ? 1 : 2
    moments.push({
      ...{ atMs, event, refills, database },
      kept: Object.fromEntries(places.map((one) => [one, version(one)])) as Moment['kept'],
      shows: Object.fromEntries(
        processes.map((server) => [server, version(server) ?? oldest]),
      ) as Moment['shows'],
    })
  }

  /** A renewal by the same version is not worth a word. */
  const expire = (nowMs: number): void => {
    const over = [...kept].filter(([, { untilMs }]) => untilMs <= nowMs)
    for (const [at] of over) kept.delete(at)
    const refills = refill(nowMs)
    const changed = over.filter(([at, { version }]) => kept.get(at)?.version !== version)
    if (changed.length === 0) return
    const at = changed.map(([place]) => place)
    tell(
      ...([nowMs, { kind: 'expired', at }] as const),
      refills.filter((one) => at.includes(one.at) || one.at === 'main'),
    )
  }

  const run = ({ atMs, event }: Act): void => {
    if (event.kind === 'written') database = 2
    if (event.kind === 'deleted') kept.delete(event.at)
    if (event.kind === 'filled-late') late = fill(event.at, late, atMs)
    tell(atMs, event)
  }

  for (let at = 0; ;) {
    const act = acts[at]
    const isOld = [...kept.values()].some(({ version }) => version === 1)
    if (!act && !isOld) return { moments, answeredMs }
    const nextMs = Math.min(...[...kept.values()].map(({ untilMs }) => untilMs))
    if (act && act.atMs < nextMs) {
      run(act)
      at++
    } else expire(nextMs)
  }
}

const isProcess = (place: Place): place is WebServer => place === 'web1' || place === 'web2'
const levelOf = (place: Place) =>
  isProcess(place) ? 'process' : place === 'main' ? 'main' : 'near'
/** Older; of two equally old ones, the one that may be shown for longer. */
const isWorse = (one: Kept, other: Kept) =>
  one.version < other.version || (one.version === other.version && one.untilMs > other.untilMs)

/** Who does what, and when; `web1` is the writer's server, and needs no message. */
// #region plan
function plan(settings: WindowSettings, times: Times): readonly Act[] {
  const { order, message, group, slow, hasProcess } = settings
  const { writeMs, stepMs, messageMs, lateMs, slowReadMs, slowFillMs } = times
  const acts: Act[] = [{ atMs: writeMs, event: { kind: 'written' } }]
  let atMs = writeMs
  const farFirst = ['main', 'groups', 'processes'] as const
  const all = { 'far-first': farFirst, 'near-first': farFirst.toReversed(), nobody: [] }[order]
  for (const level of all) {
    atMs += stepMs
    if (level === 'main') acts.push({ atMs, event: { kind: 'deleted', at: 'main' } })
    else if (level === 'groups')
      acts.push(
        { atMs, event: { kind: 'deleted', at: 'near1' } },
        { atMs, event: { kind: group === 'told' ? 'deleted' : 'missed', at: 'near2' } },
      )
    else if (hasProcess) {
      acts.push({ atMs, event: { kind: 'deleted', at: 'web1' } })
      const arrives = atMs + (message === 'late' ? lateMs : messageMs)
      const kind = message === 'lost' ? 'lost' : 'deleted'
      acts.push({ atMs: arrives, event: { kind, at: 'web2' } })
    }
  }
  acts.push({ atMs, event: { kind: 'answered' } }, ...slowReader(slow))
  return acts.sort((a, b) => a.atMs - b.atMs)

  function slowReader(from: WindowSettings['slow']): readonly Act[] {
    if (from === 'none') return []
    const isRefused = settings.fill === 'fenced' && order !== 'nobody'
    const kind = isRefused ? 'refused' : 'filled-late'
    const to: readonly Place[] = [
      ...(from === 'from-database' ? (['main'] as const) : []),
      'near1',
      ...(hasProcess ? (['web2'] as const) : []),
    ]
    const read = from === 'from-main' ? 'main' : 'database'
    return [
      { atMs: slowReadMs, event: { kind: 'slow-reads', from: read } },
      ...to.map((at): Act => ({ atMs: slowFillMs, event: { kind, at } })),
    ]
  }
}
// #endregion plan
