/**
 * What the Sentinels of one master decide, and by which rules.
 * https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
 */

/** Whom a Sentinel wants to lead the failover, and in which epoch. */
export interface Ballot {
  /** Each attempt at a failover has a number of its own, higher than all before. */
  readonly epoch: number
  /** The Sentinel's run id. */
  readonly leader: string
}

/** What a Sentinel remembers of elections. */
export interface Voter {
  /** The highest epoch that it has heard of. */
  readonly epoch: number
  /** Its last vote; undefined: it has never voted. */
  readonly ballot: Ballot | undefined
}

export const newVoter: Voter = { epoch: 0, ballot: undefined }

// #region vote
/**
 * Somebody asks for this Sentinel's vote, perhaps itself. It has one an epoch, and the first who asks
 * gets it; later ones are told whom it has voted for. The answer is the ballot it holds afterwards.
 */
export function vote(voter: Voter, asked: Ballot): Voter {
  const epoch = Math.max(voter.epoch, asked.epoch)
  const hasVoted = voter.ballot !== undefined && voter.ballot.epoch >= asked.epoch
  return { epoch, ballot: hasVoted || asked.epoch < epoch ? voter.ballot : asked }
}
// #endregion vote

/** So many of these ballots, each another Sentinel's, are for this one, in its epoch. */
export const votesFor = (wanted: Ballot, ballots: readonly (Ballot | undefined)[]): number =>
  ballots.filter((one) => one?.epoch === wanted.epoch && one.leader === wanted.leader).length

export interface Election {
  readonly votes: number
  /** All Sentinels that are known, itself and the dead too. */
  readonly known: number
  /** As configured: so many must find the master down. */
  readonly quorum: number
}

// #region may-promote
/** The quorum says when a failover is tried; it takes a majority of all known to carry it out. */
export function mayPromote({ votes, known, quorum }: Election): boolean {
  const majority = Math.floor(known / 2) + 1
  return votes >= majority && votes >= quorum
}
// #endregion may-promote

/** S_DOWN, one Sentinel's opinion: a ping has been without an answer for longer than this. */
export const isSubjectivelyDown = (
  unansweredSinceMs: number | undefined,
  nowMs: number,
  downAfterMs: number,
): boolean => unansweredSinceMs !== undefined && nowMs - unansweredSinceMs > downAfterMs

/** O_DOWN: so many, this Sentinel one of them, are of that opinion. */
export const isObjectivelyDown = (opinions: number, quorum: number): boolean => opinions >= quorum

export interface Candidate {
  readonly name: string
  readonly runId: string
  /** `replica-priority`: less is better, but 0 is never. Default in Redis: 100. */
  readonly priority: number
  /** How much of the master's stream it has, bytes. */
  readonly offset: number
  /** Whether this Sentinel reaches it. Default: it does. */
  readonly isDown?: boolean
  /** How long its link to the master has been down, by its own INFO. Default: 0. */
  readonly linkDownMs?: number
}

/** A copy that lost its master much longer ago than the Sentinels did has too little to be trusted. */
export const longestLinkDownMs = (downForMs: number, downAfterMs: number): number =>
  downForMs + 10 * downAfterMs

// #region choose
/** Which copy is to be promoted; undefined: none will do. By priority, then offset, then run id. */
export function chooseReplica(
  candidates: readonly Candidate[],
  longestDownMs = Infinity,
): Candidate | undefined {
  const good = candidates.filter(
    ({ priority, isDown = false, linkDownMs = 0 }) =>
      priority > 0 && !isDown && linkDownMs <= longestDownMs,
  )
  return good.toSorted(
    (a, b) => a.priority - b.priority || b.offset - a.offset || (a.runId < b.runId ? -1 : 1),
  )[0]
}
// #endregion choose
