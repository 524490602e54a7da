/** A vote: whom this Sentinel wants to lead, and in which epoch. Epochs are numbers from 1 on. */
export interface Ballot {
  readonly epoch: number
  readonly leader: string
}

export interface Sentinel {
  /** Somebody asks for its vote, perhaps itself. The answer is the ballot that it holds afterwards. */
  vote(asked: Ballot): Ballot
}

/** What another Sentinel, or this one itself, has answered; in an election each is asked again and again. */
export interface Answer {
  readonly from: string
  readonly ballot: Ballot
}

export interface Election {
  /** What is asked for: that this leader may promote, in this epoch. */
  readonly wanted: Ballot
  /** From the oldest to the newest; some may be of an epoch before. */
  readonly answers: readonly Answer[]
  /** How many Sentinels are known, this one and the dead too. */
  readonly known: number
  readonly quorum: number
}

export interface Copy {
  readonly name: string
  readonly runId: string
  /** Less is better; 0: never. */
  readonly priority: number
  /** How many bytes of the master's stream it has. */
  readonly offset: number
  readonly isDown: boolean
}

/** In each epoch it has one vote, and the first who asks gets it. An epoch that is over gets none. */
export function createSentinel(): Sentinel {
  let ballot: Ballot | undefined

  return {
    vote(asked) {
      if (!ballot || asked.epoch > ballot.epoch) ballot = asked
      return ballot
    },
  }
}

/** By a majority of all known, and by at least the quorum. A Sentinel counts once. */
export function mayPromote({ wanted, answers, known, quorum }: Election): boolean {
  const newest = new Map(answers.map(({ from, ballot }) => [from, ballot]))
  const votes = [...newest.values()].filter(
    ({ epoch, leader }) => epoch === wanted.epoch && leader === wanted.leader,
  ).length
  return votes > known / 2 && votes >= quorum
}

// None that is down, and none of priority 0. Of the others the one of the least priority; of equal ones
// the one that has most; of those the one whose run id is less. Undefined when there is none.
export function chooseReplica(copies: readonly Copy[]): Copy | undefined {
  const good = copies.filter(({ priority, isDown }) => priority > 0 && !isDown)
  return good.sort(
    (a, b) => a.priority - b.priority || b.offset - a.offset || (a.runId < b.runId ? -1 : 1),
  )[0]
}
