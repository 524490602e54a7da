import type { Bug } from '../nginx/planted-bugs.ts'
import type { FailoverLaw } from './failover-laws.ts'

const sentinel = 'replication/failover-sentinel.ts'
const eyes = 'replication/failover-eyes.ts'
const redis = 'replication/failover-redis.ts'
const play = 'replication/failover.ts'

/** What a simulation of a failover gets wrong when it is written from a picture of one. */
export const failoverBugs: readonly (Bug & { readonly breaks: FailoverLaw })[] = [
  {
    name: 'the others are never told of the promotion',
    breaks:
      'a dead master: down-after and a few looks later the copy is master, and everybody knows it',
    file: sentinel,
    find: '    if (configEpoch <= this.configEpoch) return',
    replace:
      '    if (configEpoch <= this.configEpoch || this.#voter.ballot?.leader !== this.name) return',
  },
  {
    name: 'a frozen master answers pings',
    breaks:
      'a dead master: down-after and a few looks later the copy is master, and everybody knows it',
    file: redis,
    find: "return this.state === 'up' && !this.isSplit",
    replace: "return this.state !== 'killed' && !this.isSplit",
  },
  {
    name: 'one ping without an answer is enough',
    breaks: 'a stall shorter than down-after promotes nobody',
    file: eyes,
    find: 'isSubjectivelyDown(watch.unansweredSince, nowMs, settings.downAfterMs)',
    replace: 'isSubjectivelyDown(watch.unansweredSince, nowMs, 99)',
  },
  {
    name: 'a split-off master keeps its copy up to date',
    breaks: 'a split-off master goes on answering, and what it acknowledges is lost',
    file: redis,
    find: 'if (!master.answers || !this.answers) return undefined',
    replace: "if (master.state !== 'up' || !this.answers) return undefined",
  },
  {
    name: 'what the old master took is counted as kept',
    breaks: 'a split-off master goes on answering, and what it acknowledges is lost',
    file: play,
    find: 'return this.#redis[newest.master].kept',
    replace: 'return new Set([...this.#redis[newest.master].kept, ...this.#redis.redis1.kept])',
  },
  {
    name: 'everybody is told',
    breaks: 'a client that asks nobody loses more, until the old master is made a copy',
    file: play,
    find: 'if (this.#settings.isTold) this',
    replace: 'this',
  },
  {
    name: 'a copy that spoke once is there for ever',
    breaks:
      'min-replicas-to-write bounds the loss, and refuses all while the promoted one is alone',
    file: redis,
    find: 'return nowMs - this.#copySpokeAt <= acknowledgesMs + maxLagMs',
    replace: 'return nowMs >= 0 && this.#copySpokeAt > -Infinity',
  },
  {
    name: 'the answer of WAIT is thrown away',
    breaks:
      'WAIT, and the Sentinels’ word when the copy is down: nothing promised is lost, and soon all is',
    file: play,
    find: "promise !== 'wait' || this.#isPromised(redis)",
    replace: 'this.#isPromised(redis) || true',
  },
  {
    name: 'only WAIT promises: who is alone promises nothing',
    breaks:
      'WAIT, and the Sentinels’ word when the copy is down: nothing promised is lost, and soon all is',
    file: play,
    find: 'isCopied || alone.length > sentinelNames.length / 2',
    replace: 'isCopied && alone.length >= 0',
  },
  {
    name: 'an old master that is back, and no copy yet, is waited for',
    breaks:
      'WAIT, and the Sentinels’ word when the copy is down: nothing promised is lost, and soon all is',
    file: eyes,
    find: 'isDown || claimsSince !== undefined',
    replace: 'isDown && claimsSince === undefined',
  },
  {
    name: 'the majority is of those who are up',
    breaks: 'of three Sentinels two dead promote nobody, whatever the quorum',
    file: sentinel,
    find: 'known: sentinelNames.length',
    replace: 'known: 1 + this.#peers().length',
  },
  {
    name: 'an attempt follows the other at once',
    breaks: 'of three Sentinels two dead promote nobody, whatever the quorum',
    file: sentinel,
    find: 'nowMs - this.#attemptedAt < 2 * failoverTimeoutMs',
    replace: 'nowMs < this.#attemptedAt',
  },
  {
    name: 'who was away hears nothing of it',
    breaks: 'one Sentinel dead: the other two promote, and it hears of it when it is back',
    file: play,
    find: 'if (peer.isUp) peer.learn(sentinel.master, sentinel.configEpoch)',
    replace: 'if (!peer.isUp) peer.learn(sentinel.master, 0)',
  },
  {
    name: 'the quorum is two',
    breaks: 'a quorum of three is not to be had with one Sentinel dead',
    file: sentinel,
    find: 'isObjectivelyDown(opinions, this.#around.settings.quorum)',
    replace: 'isObjectivelyDown(opinions, 2)',
  },
  {
    name: 'the old master is made a copy as soon as it is seen',
    breaks:
      'the old master is made a copy eight seconds or more after it is back, and goes on if it can',
    file: eyes,
    find: 'const convertAfterMs = 8000',
    replace: 'const convertAfterMs = 0',
  },
  {
    name: 'a killed master comes back with all it had',
    breaks: 'a master that comes back empty before anybody misses it wipes its copy',
    file: redis,
    find: "if (this.state === 'killed') this.#startAnew()",
    replace: '',
  },
  {
    name: 'a dead copy is promoted',
    breaks: 'without a copy that answers nobody is promoted, and the attempt ends',
    file: sentinel,
    find: 'this.eyes.holdsDown(name) || !redis[name].answers',
    replace: 'this.eyes.holdsDown(name) && redis[name].answers',
  },
  {
    name: 'two Sentinels may lead in one epoch',
    breaks:
      'whatever happens: one leader an epoch, epochs only grow, and nobody is promoted without a majority',
    file: sentinel,
    find: 'mayPromote({ votes, known',
    replace: 'mayPromote({ votes: votes + 1, known',
  },
]
