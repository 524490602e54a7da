import { ipHashSeed } from './ip-hash.ts'
import {
  betterOfTwo,
  consistentlyHashed,
  drawn,
  ipHashed,
  keyHashed,
  leastConnections,
  ringOf,
  roundRobin,
} from './methods.ts'
import { begun, mayBeAsked } from './passive-health.ts'
import type { Method, Upstream, UpstreamState } from './upstream.ts'
import { isSingle, membersOf, newVisit, type Answer, type Asking } from './visit.ts'
import type { Question, Visit } from './visit.ts'

const choices: Readonly<Record<Method, (question: Question) => Answer>> = {
  'round-robin': roundRobin,
  'least-conn': leastConnections,
  'ip-hash': ipHashed,
  hash: keyHashed,
  'consistent-hash': consistentlyHashed,
  random: drawn,
  'random-two': betterOfTwo,
}

/** A request arrives; nobody has been chosen yet. */
export function arrive(upstream: Upstream, asking: Asking): Visit {
  const start: Partial<Record<Method, () => number>> = {
    'ip-hash': () => ipHashSeed,
    'consistent-hash': () => ringOf(upstream.servers).indexFor(asking.key),
  }
  return newVisit(upstream, asking, start[upstream.method]?.() ?? 0)
}

/** Chooses the server for the next try; `chosen` is undefined when nobody is left. */
export function chooseServer(
  upstream: Upstream,
  state: UpstreamState,
  visit: Visit,
  nowS: number,
): Answer {
  const { servers, method } = upstream
  const open = membersOf(upstream, visit.group).filter(
    (index) =>
      !visit.tried.includes(index) &&
      (isSingle(upstream)
        ? !servers[index]!.down
        : mayBeAsked(servers[index]!, state[index]!, nowS)),
  )
  const question = { servers, state, visit, open }
  const answer = decide(isSingle(upstream) || isKeyless(method, visit), method, question)
  if (answer.chosen !== undefined)
    return {
      ...answer,
      state: begun(servers, answer.state, answer.chosen, nowS),
      visit: { ...answer.visit, tried: [...visit.tried, answer.chosen] },
    }
  const hasBackup = visit.group === 'primary' && membersOf(upstream, 'backup').length > 0
  if (!hasBackup) return answer
  return chooseServer(upstream, answer.state, { ...answer.visit, group: 'backup' }, nowS)
}

function decide(byRoundRobin: boolean, method: Method, question: Question): Answer {
  if (question.open.length === 0) return { ...question, chosen: undefined }
  const answer = byRoundRobin ? roundRobin(question) : choices[method](question)
  if (answer.chosen !== undefined) return answer
  return roundRobin({ ...question, state: answer.state, visit: answer.visit })
}

/** An empty key says nothing of its request. */
const isKeyless = (method: Method, { asking }: Visit): boolean =>
  (method === 'hash' || method === 'consistent-hash') && asking.key === ''
