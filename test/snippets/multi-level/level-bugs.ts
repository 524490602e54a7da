import type { Bug } from '../nginx/planted-bugs.ts'
import type { Law } from './laws.ts'

const reads = 'multi-level/read-through.ts'
const stale = 'multi-level/stale-window.ts'
const story = 'multi-level/stale-story.ts'
const lists: Law = 'each store is asked, finds and is filled as lists would have it'
const seen: Law = 'the old version is seen as long as who looks every five milliseconds sees it'

/** Mistakes that an author of such levels makes, or of their model. */
export const levelBugs: readonly (Bug & { readonly breaks: Law })[] = [
  {
    name: 'everybody goes to the first group',
    breaks: 'chance spreads even a page that all want',
    file: reads,
    find: 'Math.floor(random() * length)',
    replace: '0',
  },
  {
    name: 'the group is the web server’s own',
    breaks: lists,
    file: reads,
    find: 'length === 1 ? 0 : Math.floor(random() * length)',
    replace: 'server % length',
  },
  {
    name: 'all groups are filled',
    breaks: 'one page, n groups: n misses at the near level, and one question',
    file: reads,
    find: 'store.set(page, until, now)\n    }',
    replace:
      'for (const one of stores[levels.indexOf(level)]!) one.set(page, until, now)\n      void store\n    }',
  },
  {
    name: 'only the nearest level is filled',
    breaks: lists,
    file: reads,
    find: 'passed.toReversed()) {',
    replace: 'passed.slice(0, 1)) {',
  },
  {
    name: 'a nearer level begins its own time anew',
    breaks: lists,
    file: reads,
    find: 'until = Math.min(until, now + level.ttlMs)',
    replace: 'until = now + level.ttlMs',
  },
  {
    name: 'from near to far: the nearest time holds for all',
    breaks: lists,
    file: reads,
    find: 'passed.toReversed()',
    replace: 'passed',
  },
  {
    name: 'a miss costs nothing',
    breaks: lists,
    file: reads,
    find: '      sumMs += level.askMs\n      until = store.get(page)\n',
    replace: '      until = store.get(page)\n      if (until !== undefined) sumMs += level.askMs\n',
  },
  {
    name: 'the search goes on after a hit',
    breaks: 'what one level does not find, the next is asked, and at last the database',
    file: reads,
    find: 'if (until !== undefined) break',
    replace: 'if (until !== undefined) continue',
  },
  {
    name: 'the warm-up is counted',
    breaks: 'what is read while all warms up is kept, and not counted',
    file: reads,
    find: 'for (const store of stores.flat()) store.countAnew()',
    replace: '',
  },
  {
    name: 'all pages are equally popular',
    breaks: 'the hot page gets its share, and the others theirs',
    file: 'multi-level/readings.ts',
    find: 'zipf(of.pages, of.s, random)',
    replace: 'zipf(of.pages, 0, random)',
  },
  {
    name: 'hit ratios add up',
    breaks: 'what one level does not find, the next is asked, and at last the database',
    file: 'multi-level/load.ts',
    find: 'ratios.reduce((left, ratio) => left * (1 - ratio), 1)',
    replace: 'ratios.reduce((left, ratio) => left - ratio, 1)',
  },
  {
    name: 'the mean of the stores counts, not the fullest',
    breaks: 'the fullest of a kind is full first, and fills count as questions do',
    file: 'multi-level/load.ts',
    find: 'Math.max(...counts)',
    replace: '(sum(counts) / counts.length)',
  },
  {
    name: 'fills cost nothing',
    breaks: 'the fullest of a kind is full first, and fills count as questions do',
    file: 'multi-level/load.ts',
    find: 'asked + filled',
    replace: 'asked',
  },
  {
    name: 'near first is no different',
    breaks: seen,
    file: stale,
    find: 'farFirst.toReversed()',
    replace: 'farFirst',
  },
  {
    name: 'a lost message arrives',
    breaks: seen,
    file: stale,
    find: "message === 'lost' ? 'lost' : 'deleted'",
    replace: "'deleted'",
  },
  {
    name: 'a late message is in time',
    breaks: seen,
    file: stale,
    find: "message === 'late' ? lateMs : messageMs",
    replace: 'messageMs',
  },
  {
    name: 'the other group is forgotten',
    breaks:
      'far first, told in time, no late fill that stays: nobody sees the old for longer than a message takes',
    file: stale,
    find: "group === 'told' ? 'deleted' : 'missed'",
    replace: "'missed'",
  },
  {
    name: 'a fence lets everybody through',
    breaks:
      'far first, told in time, no late fill that stays: nobody sees the old for longer than a message takes',
    file: stale,
    find: "isRefused ? 'refused' : 'filled-late'",
    replace: "'filled-late'",
  },
  {
    name: 'what the database said is not filled into the main level',
    breaks: seen,
    file: stale,
    find: "from === 'from-database' ? (['main'] as const) : []",
    replace: '[]',
  },
  {
    name: 'a nearer place outlives the one behind it',
    breaks: 'nobody is told: at most what is left at the far level, or the sum of all lives',
    file: stale,
    find: "settings.ttl === 'rest' ? Math.min(own, from.untilMs) : own",
    replace: 'own',
  },
  {
    name: 'the luckiest reader counts',
    breaks: seen,
    file: stale,
    find: 'one.version < other.version ||',
    replace: 'one.version > other.version ||',
  },
  {
    name: 'a renewal that changes nothing is told, and one that changes something is not',
    breaks: 'what happens is told once, in order, and each moment says how all stands',
    file: stale,
    find: '?.version !== version)',
    replace: '?.version === version)',
  },
  {
    name: 'what was seen before the answer counts as well',
    breaks: 'a window that closes and opens again is two',
    file: story,
    find: 'Math.max(since, answeredMs)',
    replace: 'since',
  },
  {
    name: 'a window never ends',
    breaks: 'a window that closes and opens again is two',
    file: story,
    find: '      since = undefined\n',
    replace: '',
  },
]
