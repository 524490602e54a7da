import fc from 'fast-check'
import { expect } from 'vitest'
import type * as Bytes from '../../../snippets/replication/command-bytes.ts'
import type * as Streams from '../../../snippets/replication/replication.ts'
import type { Master, Replica } from '../../../snippets/replication/replication.ts'
import type * as Votes from '../../../snippets/replication/sentinels.ts'
import type { Ballot, Candidate, Voter } from '../../../snippets/replication/sentinels.ts'
import type { Load } from '../nginx/planted-bugs.ts'
import { fuzzSeed } from '../nginx/seeded.ts'
import { naiveBytes, Tape } from './naive.ts'

export type Replication = typeof Bytes & typeof Streams & typeof Votes

const modules = ['command-bytes', 'replication', 'sentinels'].map(
  (name) => `replication/${name}.ts`,
)

export const loadReplication = async (load: Load): Promise<Replication> =>
  Object.assign({}, ...(await Promise.all(modules.map(load)))) as Replication

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const word = fc.string({ unit: fc.constantFrom('a', '中', '😀', '\r', '0'), maxLength: 120 })
const bytes = fc.integer({ min: 1, max: 40 })
const sentinel = fc.constantFrom('s1', 's2', 's3')
const ballot: fc.Arbitrary<Ballot> = fc.record({ epoch: fc.nat(5), leader: sentinel })
const candidate: fc.Arbitrary<Candidate> = fc.record({
  name: fc.string({ minLength: 1 }),
  runId: fc.stringMatching(/^[0-9a-f]{6}$/),
  priority: fc.constantFrom(0, 1, 100),
  offset: fc.nat(3),
  isDown: fc.option(fc.boolean(), { nil: undefined }),
  linkDownMs: fc.option(fc.nat(3000), { nil: undefined }),
})
const candidates = fc.uniqueArray(candidate, { maxLength: 6, selector: ({ runId }) => runId })

/** A copy that has caught up with this master. */
const copyOf = ({ createReplica, resynced }: Replication, master: Master): Replica =>
  resynced(master, createReplica({ backlogBytes: master.backlogBytes }))

/** True of every right model; each throws when it finds the model at fault. */
export const laws = {
  'a command takes as many bytes as it has on the wire': ({ commandBytes }: Replication) => {
    expect(commandBytes('PING')).toBe(14)
    expect(commandBytes('SELECT', '0')).toBe(23)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        expect(commandBytes(...words)).toBe(naiveBytes(words))
      }),
    )
  },

  'a copy goes on where it was exactly if all that it lacks is still in the backlog': (
    model: Replication,
  ) =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(bytes, { maxLength: 12 }),
        fc.array(bytes, { maxLength: 12 }),
        (backlogBytes, before, missed) => {
          const tape = new Tape(backlogBytes)
          let master = model.createMaster({ id: 'm', backlogBytes })
          const write = (count: number) => {
            tape.write(count)
            master = model.write(master, count)
          }
          before.forEach(write)
          const copy = copyOf(model, master)
          missed.forEach(write)
          const lacking = missed.reduce((sum, count) => sum + count, 0)
          expect(model.lagOf(master, copy)).toBe(lacking)
          const answer = model.psync(master, copy)
          expect(answer).toEqual(
            tape.has(copy.offset)
              ? { kind: 'partial', bytes: lacking }
              : { kind: 'full', why: 'too-late' },
          )
          const again = model.resynced(master, copy)
          expect([again.id, again.offset]).toEqual([master.id, master.offset])
          expect(model.psync(master, again)).toEqual({ kind: 'partial', bytes: 0 })
        },
      ),
      { numRuns: 500 },
    ),

  'who knows nothing, or another stream, gets everything': (model: Replication) => {
    const master = model.write(model.createMaster({ id: 'm' }), 10)
    expect(model.psync(master, model.createReplica())).toEqual({
      ...{ kind: 'full', why: 'nothing-known' },
    })
    const stranger = model.write(model.createMaster({ id: 'x' }), 10)
    expect(model.psync(master, stranger)).toEqual({ kind: 'full', why: 'another-stream' })
    const anew = model.restart(master, 'm2')
    expect([anew.offset, anew.backlogBytes]).toEqual([0, master.backlogBytes])
    expect(model.psync(anew, copyOf(model, master))).toMatchObject({ why: 'another-stream' })
    expect(model.resynced(anew, copyOf(model, master)).offset).toBe(0)
  },

  'nobody goes on from a place at which the master has never been': (model: Replication) => {
    const master = model.write(model.createMaster({ id: 'm' }), 10)
    expect(model.psync(master, { id: 'm', offset: 11 })).toMatchObject({ why: 'ahead' })
    expect(model.psync(master, { id: 'm', offset: 10 })).toEqual({ kind: 'partial', bytes: 0 })
  },

  'after a promotion the other copies go on, and so does the old master, if it has nothing more': (
    model: Replication,
  ) =>
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (known, more, later) => {
        const old = model.write(model.createMaster({ id: 'm', backlogBytes: 200 }), known)
        const [copy, sibling] = [copyOf(model, old), copyOf(model, old)]
        const promoted = model.write(model.promote(model.write(copy, 5), 'n'), later)
        expect(model.psync(promoted, sibling)).toMatchObject(
          // Five bytes came to the one copy and not to the other; a new copy's backlog begins there.
          { kind: 'partial', bytes: 5 + later },
        )
        const back = model.demote(model.write(old, more))
        expect(model.psync(promoted, back)).toEqual(
          more > 5 ? { kind: 'full', why: 'ahead' } : { kind: 'partial', bytes: 5 + later - more },
        )
        expect(model.resynced(promoted, back)).toMatchObject({
          ...{ id: 'n', offset: promoted.offset },
        })
        expect(model.psync(promoted, { id: 'other', offset: known })).toMatchObject({
          why: 'another-stream',
        })
      }),
    ),

  'what comes by a full resync is not in the copy’s own backlog': (model: Replication) => {
    const master = model.write(model.createMaster({ id: 'm', backlogBytes: 100 }), 50)
    const promoted = model.promote(copyOf(model, master), 'n')
    expect(model.psync(promoted, { id: 'm', offset: 49 })).toMatchObject({ why: 'too-late' })
  },

  'one vote an epoch, for the first who asks; whoever asks later is told for whom it was': ({
    vote,
    newVoter,
  }: Replication) =>
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 20 }), (asked) => {
        let voter: Voter = newVoter
        const given = new Map<number, string>()
        let highest = 0
        for (const one of asked) {
          // An epoch before the first is none.
          const request = { ...one, epoch: one.epoch + 1 }
          const isNew = request.epoch > highest
          highest = Math.max(highest, request.epoch)
          const before = voter
          voter = vote(voter, request)
          expect(voter.epoch).toBe(highest)
          if (isNew) given.set(request.epoch, request.leader)
          else expect(voter).toEqual(before)
          expect(voter.ballot).toEqual({ epoch: highest, leader: given.get(highest) })
        }
      }),
    ),

  'an epoch that it has only heard of can still be voted in': ({ vote }: Replication) => {
    const heard: Voter = { epoch: 4, ballot: { epoch: 2, leader: 's1' } }
    expect(vote(heard, { epoch: 3, leader: 's2' })).toEqual(heard)
    expect(vote(heard, { epoch: 4, leader: 's2' }).ballot).toEqual({ epoch: 4, leader: 's2' })
  },

  'in one epoch no two can be elected, whoever asks whom first': ({
    vote,
    newVoter,
    votesFor,
    mayPromote,
  }: Replication) =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(sentinel, { minLength: 7, maxLength: 7 }),
        fc.array(fc.tuple(fc.nat(6), sentinel), { maxLength: 10 }),
        (known, quorum, firsts, later) => {
          const voters = Array.from({ length: known }, () => newVoter)
          const asked = [...firsts.entries(), ...later]
          for (const [at, leader] of asked)
            voters[at % known] = vote(voters[at % known]!, { epoch: 1, leader })
          const ballots = voters.map(({ ballot }) => ballot)
          const elected = ['s1', 's2', 's3'].filter((leader) =>
            mayPromote({ votes: votesFor({ epoch: 1, leader }, ballots), known, quorum }),
          )
          expect(elected.length).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 500 },
    ),

  'it takes more than half of all known, and the quorum as well': ({ mayPromote }: Replication) => {
    for (let known = 1; known <= 9; known++)
      for (let quorum = 1; quorum <= known; quorum++)
        for (let votes = 0; votes <= known; votes++)
          expect(mayPromote({ votes, known, quorum }), `${votes} of ${known}, ${quorum}`).toBe(
            2 * votes > known && votes >= quorum,
          )
  },

  'votes of another epoch, or for another, do not count': ({ votesFor }: Replication) => {
    const ballots = [
      { epoch: 2, leader: 's1' },
      { epoch: 1, leader: 's1' },
      { epoch: 2, leader: 's2' },
      undefined,
    ]
    expect(votesFor({ epoch: 2, leader: 's1' }, ballots)).toBe(1)
  },

  'down is longer than down-after, not as long; and objectively down is the quorum’s opinion': ({
    isSubjectivelyDown,
    isObjectivelyDown,
  }: Replication) => {
    expect(isSubjectivelyDown(undefined, 9999, 1000)).toBe(false)
    expect(isSubjectivelyDown(500, 1500, 1000)).toBe(false)
    expect(isSubjectivelyDown(500, 1501, 1000)).toBe(true)
    expect([1, 2, 3].map((opinions) => isObjectivelyDown(opinions, 2))).toEqual([false, true, true])
  },

  'the copy chosen is the best of the good ones: priority, offset, run id': ({
    chooseReplica,
    longestLinkDownMs,
  }: Replication) => {
    const longest = longestLinkDownMs(700, 100)
    expect(longest).toBe(1700)
    fc.assert(
      fc.property(candidates, (all) => {
        const frozen = Object.freeze([...all])
        const chosen = chooseReplica(frozen, longest)
        const good = all.filter(
          (one) => one.priority !== 0 && one.isDown !== true && !((one.linkDownMs ?? 0) > longest),
        )
        if (good.length === 0) return void expect(chosen).toBeUndefined()
        expect(good).toContain(chosen)
        for (const one of good) {
          expect(one.priority).toBeGreaterThanOrEqual(chosen!.priority)
          if (one.priority > chosen!.priority) continue
          expect(one.offset).toBeLessThanOrEqual(chosen!.offset)
          if (one.offset === chosen!.offset) expect(one.runId >= chosen!.runId).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  },
} satisfies Readonly<Record<string, (model: Replication) => void>>

export type Law = keyof typeof laws
