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
  return {
    vote(asked) {
      // TODO: one vote an epoch.
      return asked
    },
  }
}

/** By a majority of all known, and by at least the quorum. A Sentinel counts once. */
export function mayPromote({ answers, quorum }: Election): boolean {
  // TODO: whose votes, of which epoch, and how many are enough?
  return answers.length >= quorum
}

// None that is down, and none of priority 0. Of the others the one of the least priority; of equal ones
// the one that has most; of those the one whose run id is less. Undefined when there is none.
export function chooseReplica(copies: readonly Copy[]): Copy | undefined {
  // TODO: the best of those that will do.
  return copies[0]
}
