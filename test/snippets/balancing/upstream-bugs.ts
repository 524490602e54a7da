import type { Bug } from '../nginx/planted-bugs.ts'

/** Mistakes that a textbook, or a tired author, makes. */
export const upstreamBugs: readonly Bug[] = [
  {
    name: 'on a tie the later server is chosen',
    file: 'balancing/smooth-weighted-round-robin.ts',
    find: 'raised.indexOf(',
    replace: 'raised.lastIndexOf(',
  },
  {
    name: 'round robin goes in runs: the winner pays its own weight',
    file: 'balancing/smooth-weighted-round-robin.ts',
    find: 'account - total',
    replace: 'account - servers[at]!.weight',
  },
  {
    name: 'backup is one of the many',
    file: 'balancing/visit.ts',
    find: '(backup && allowsBackup(upstream.method))',
    replace: '(backup && !allowsBackup(upstream.method))',
  },
  {
    name: 'a server comes back when fail_timeout is reached, not when it is over',
    file: 'balancing/passive-health.ts',
    find: 'nowS - state.checkedS > server.failTimeoutS',
    replace: 'nowS - state.checkedS >= server.failTimeoutS',
  },
  {
    name: 'after fail_timeout nobody is on trial: all requests come back at once',
    file: 'balancing/passive-health.ts',
    find: 'checkedS: isTrial ? nowS : checkedS',
    replace: 'checkedS',
  },
  {
    name: 'a success never forgives',
    file: 'balancing/passive-health.ts',
    find: 'accessedS < checkedS ? 0 : fails',
    replace: 'fails',
  },
  {
    name: 'every success forgives',
    file: 'balancing/passive-health.ts',
    find: 'accessedS < checkedS ? 0 : fails',
    replace: '0',
  },
  {
    name: 'a failure costs no weight',
    file: 'balancing/passive-health.ts',
    find: 'Math.floor(weight / maxFails)',
    replace: '0',
  },
  {
    name: 'the weight comes back at once',
    file: 'balancing/methods.ts',
    find: 'one.effectiveWeight + 1',
    replace: 'one.effectiveWeight + 100',
  },
  {
    name: 'max_fails=0 means at once, not never',
    file: 'balancing/passive-health.ts',
    find: 'server.maxFails > 0 && ',
    replace: '',
  },
  {
    name: 'the last 503 counts as a failure',
    file: 'balancing/pass-request.ts',
    find: '(isAnswer && isLast)',
    replace: '(isAnswer && isLast && false)',
  },
  {
    name: 'a 404 is the server’s fault',
    file: 'balancing/pass-request.ts',
    find: "reaction === 'absent' ||",
    replace: "reaction === 'ok' ||",
  },
  {
    name: 'a 404 stays where it was said',
    file: 'balancing/pass-request.ts',
    find: "reaction === 'ok' || (",
    replace: "reaction === 'ok' || reaction === 'absent' || (",
  },
  {
    name: 'unix: is part of the path on the ring',
    file: 'hashing/ring-points.ts',
    find: 'unix:(.*)',
    replace: '(unix:.*)',
  },
  {
    name: 'a lone server is left alone too',
    file: 'balancing/visit.ts',
    find: 'servers.length === 1',
    replace: 'servers.length === 0',
  },
  {
    name: 'down servers count as tries',
    file: 'balancing/visit.ts',
    find: 'filter(({ down }) => !down)',
    replace: 'filter(({ down }) => down || true)',
  },
  {
    name: 'all of the address counts for ip_hash',
    file: 'balancing/ip-hash.ts',
    find: 'address.slice(0, 3)',
    replace: 'address',
  },
  {
    name: 'a hash covers only the servers that are up',
    file: 'balancing/shares.ts',
    find: 'servers.findIndex(({ weight }) =>',
    replace: 'servers.findIndex(({ weight, down }) => !down &&',
  },
  {
    name: 'the next try takes the next server, not the next hash',
    file: 'balancing/key-hash.ts',
    find: 'attempt === 0 ? key',
    replace: 'attempt >= 0 ? key',
  },
  {
    name: 'the ring has 100 points for a unit of weight',
    file: 'hashing/ring-points.ts',
    find: 'pointsPerWeight = 160',
    replace: 'pointsPerWeight = 100',
  },
  {
    name: 'an empty key is a key',
    file: 'balancing/choose-server.ts',
    find: "asking.key === ''",
    replace: "asking.key === '-'",
  },
  {
    name: 'patience ends after 5 misses',
    file: 'balancing/visit.ts',
    find: 'patience = 20',
    replace: 'patience = 5',
  },
]
