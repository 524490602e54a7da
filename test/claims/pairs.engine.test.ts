import { expect } from 'vitest'
import * as replication from '../../snippets/replication/replication.ts'
import { mayPromote, newVoter, vote, votesFor } from '../../snippets/replication/sentinels.ts'
import { claimsOn } from './claim.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

type Name = 'A' | 'B'
const machines: readonly Name[] = ['A', 'B']

interface Half {
  readonly master: Name
  readonly copy: Name
}

/** Each half is written to, its machine dies, and what is left of the half is promoted: bytes that are there. */
function bytesLeft({ master, copy }: Half, dead: Name): number {
  const written = replication.write(replication.createMaster({ id: 'first' }), 100_000)
  const copied = replication.resynced(written, replication.createReplica())
  if (master !== dead) return written.offset
  return copy === dead ? 0 : replication.promote(copied, 'second').offset
}

claim(
  'two-machines-hold-four',
  'two halves on two machines: if each machine has the master of one and the copy of the other, either may die and both halves are there; with master and copy of a half on the same machine, its death takes the half',
  async ({ figure }) => {
    /** Of two halves, how many are whole after the death of either machine. */
    const whole = (halves: readonly Half[]) =>
      machines.map((dead) => halves.filter((half) => bytesLeft(half, dead) === 100_000).length)
    const crosswise = whole([
      { master: 'A', copy: 'B' },
      { master: 'B', copy: 'A' },
    ])
    const beside = whole([
      { master: 'A', copy: 'A' },
      { master: 'B', copy: 'B' },
    ])
    expect(crosswise).toEqual([2, 2])
    expect(beside).toEqual([1, 1])
    figure({
      en: `Either of two machines dies: crosswise ${crosswise[0]} of 2 halves are left, with each half on one machine ${beside[0]}`,
      zh: `两台机器死掉任意一台：交叉放，两半里剩 ${crosswise[0]} 半；一半整个放在一台上，剩 ${beside[0]} 半`,
    })
  },
)

claim(
  'a-majority-of-all-known',
  'of three Sentinels two are dead: the one that is left has no majority of all that are known, and may promote nobody, whatever the quorum; with two left, one may',
  async ({ figure }) => {
    /** So many of three are alive, and all of them vote for the one that asks first. */
    const outcome = (alive: number, quorum: number) => {
      const wanted = { epoch: 1, leader: 'sentinel1' }
      const ballots = Array.from({ length: alive }, () => vote(newVoter, wanted).ballot)
      return mayPromote({ votes: votesFor(wanted, ballots), known: 3, quorum })
    }
    const quorums = [1, 2, 3]
    const alone = quorums.map((quorum) => outcome(1, quorum))
    const two = quorums.map((quorum) => outcome(2, quorum))
    const all = quorums.map((quorum) => outcome(3, quorum))
    expect(alone).toEqual([false, false, false])
    expect(two).toEqual([true, true, false])
    expect(all).toEqual([true, true, true])
    const allowed = (outcomes: readonly boolean[]) => quorums.filter((_, at) => outcomes[at])
    figure({
      en: `Three Sentinels known: with one alive no quorum of ${quorums.join(', ')} allows it; with two alive ${allowed(two).join(' and ')} do`,
      zh: `一共认识三个哨兵：只活一个，quorum 取 ${quorums.join('、')} 都不行；活两个，取 ${allowed(two).join('、')} 可以`,
    })
  },
)
