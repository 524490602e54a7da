import type { Bug } from '../nginx/planted-bugs.ts'
import type { Law } from './laws.ts'

const replication = 'replication/replication.ts'
const sentinels = 'replication/sentinels.ts'

/** Mistakes that a reader of the documentation makes, or its author. */
export const replicationBugs: readonly (Bug & { readonly breaks: Law })[] = [
  {
    name: 'bytes are characters',
    breaks: 'a command takes as many bytes as it has on the wire',
    file: 'replication/command-bytes.ts',
    find: 'encoder.encode(text).length',
    replace: 'text.length',
  },
  {
    name: 'a figure of two digits takes no more room than one',
    breaks: 'a command takes as many bytes as it has on the wire',
    file: 'replication/command-bytes.ts',
    find: '`*${figure}\\r\\n`.length',
    replace: '4',
  },
  {
    name: 'the oldest byte of the backlog is forgotten a byte too early',
    breaks: 'a copy goes on where it was exactly if all that it lacks is still in the backlog',
    file: replication,
    find: 'offset < master.backlogFrom',
    replace: 'offset <= master.backlogFrom && offset > 0',
  },
  {
    name: 'the backlog has no end',
    breaks: 'a copy goes on where it was exactly if all that it lacks is still in the backlog',
    file: replication,
    find: 'Math.max(server.backlogFrom, offset - server.backlogBytes)',
    replace: 'server.backlogFrom',
  },
  {
    name: 'the backlog is counted from the beginning of the write',
    breaks: 'a copy goes on where it was exactly if all that it lacks is still in the backlog',
    file: replication,
    find: 'offset - server.backlogBytes)',
    replace: 'server.offset - server.backlogBytes)',
  },
  {
    name: 'a full resync leaves the copy its offset',
    breaks: 'a copy goes on where it was exactly if all that it lacks is still in the backlog',
    file: replication,
    find: 'return { ...replica, id, offset, backlogFrom: offset }',
    replace: 'return { ...replica, id, backlogFrom: offset }',
  },
  {
    name: 'the stream’s id does not count',
    breaks: 'who knows nothing, or another stream, gets everything',
    file: replication,
    find: "if (id !== master.id && !isFormer) return { kind: 'full', why: 'another-stream' }",
    replace: '',
  },
  {
    name: 'who restarts goes on with its offset',
    breaks: 'who knows nothing, or another stream, gets everything',
    file: replication,
    find: 'createMaster({ id, backlogBytes })',
    replace: '({ ...createMaster({ id, backlogBytes }), offset: 10 })',
  },
  {
    name: 'a copy may be ahead of its master',
    breaks: 'nobody goes on from a place at which the master has never been',
    file: replication,
    find: "return { kind: 'full', why: 'ahead' }",
    replace: "if (isFormer) return { kind: 'full', why: 'ahead' }",
  },
  {
    name: 'the promoted one forgets whose copy it was',
    breaks:
      'after a promotion the other copies go on, and so does the old master, if it has nothing more',
    file: replication,
    find: 'replica.id === undefined ? undefined : { id: replica.id, until: replica.offset }',
    replace: 'undefined',
  },
  {
    name: 'of the former stream everything is taken for common',
    breaks:
      'after a promotion the other copies go on, and so does the old master, if it has nothing more',
    file: replication,
    find: '(isFormer ? former.until : master.offset)',
    replace: 'master.offset',
  },
  {
    name: 'a copy that was resynced keeps the old stream’s id',
    breaks:
      'after a promotion the other copies go on, and so does the old master, if it has nothing more',
    file: replication,
    find: 'return { ...write(replica, answer.bytes), id }',
    replace: 'return write(replica, answer.bytes)',
  },
  {
    name: 'a copy’s backlog has what it never saw go by',
    breaks: 'what comes by a full resync is not in the copy’s own backlog',
    file: replication,
    find: '{ ...replica, id, offset, backlogFrom: offset }',
    replace: '{ ...replica, id, offset }',
  },
  {
    name: 'the last who asks gets the vote',
    breaks: 'one vote an epoch, for the first who asks; whoever asks later is told for whom it was',
    file: sentinels,
    find: 'voter.ballot.epoch >= asked.epoch',
    replace: 'voter.ballot.epoch > asked.epoch',
  },
  {
    name: 'it votes in an epoch that is over',
    breaks: 'an epoch that it has only heard of can still be voted in',
    file: sentinels,
    find: 'hasVoted || asked.epoch < epoch',
    replace: 'hasVoted',
  },
  {
    name: 'it votes once in its life',
    breaks: 'one vote an epoch, for the first who asks; whoever asks later is told for whom it was',
    file: sentinels,
    find: 'voter.ballot !== undefined && voter.ballot.epoch >= asked.epoch',
    replace: 'voter.ballot !== undefined',
  },
  {
    name: 'who has heard of an epoch has voted in it',
    breaks: 'an epoch that it has only heard of can still be voted in',
    file: sentinels,
    find: 'const hasVoted = voter.ballot !== undefined && voter.ballot.epoch >= asked.epoch',
    replace: 'const hasVoted = voter.epoch >= asked.epoch',
  },
  {
    name: 'half is a majority',
    breaks: 'in one epoch no two can be elected, whoever asks whom first',
    file: sentinels,
    find: 'Math.floor(known / 2) + 1',
    replace: 'Math.ceil(known / 2)',
  },
  {
    name: 'the quorum is enough',
    breaks: 'in one epoch no two can be elected, whoever asks whom first',
    file: sentinels,
    find: 'votes >= majority && votes >= quorum',
    replace: 'votes >= quorum',
  },
  {
    name: 'the majority is enough',
    breaks: 'it takes more than half of all known, and the quorum as well',
    file: sentinels,
    find: 'votes >= majority && votes >= quorum',
    replace: 'votes >= majority',
  },
  {
    name: 'a vote is a vote, in whichever epoch',
    breaks: 'votes of another epoch, or for another, do not count',
    file: sentinels,
    find: 'one?.epoch === wanted.epoch && one.leader === wanted.leader',
    replace: 'one?.leader === wanted.leader',
  },
  {
    name: 'as long as down-after is down',
    breaks:
      'down is longer than down-after, not as long; and objectively down is the quorum’s opinion',
    file: sentinels,
    find: 'nowMs - unansweredSinceMs > downAfterMs',
    replace: 'nowMs - unansweredSinceMs >= downAfterMs',
  },
  {
    name: 'objectively down is more than the quorum',
    breaks:
      'down is longer than down-after, not as long; and objectively down is the quorum’s opinion',
    file: sentinels,
    find: 'opinions >= quorum',
    replace: 'opinions > quorum',
  },
  {
    name: 'priority 0 is the best of all',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: 'priority > 0 && ',
    replace: '',
  },
  {
    name: 'a high priority is a good one',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: 'a.priority - b.priority',
    replace: 'b.priority - a.priority',
  },
  {
    name: 'the offset comes before the priority',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: 'a.priority - b.priority || b.offset - a.offset',
    replace: 'b.offset - a.offset || a.priority - b.priority',
  },
  {
    name: 'the shortest offset wins',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: 'b.offset - a.offset',
    replace: 'a.offset - b.offset',
  },
  {
    name: 'of equals the first listed wins',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: ' || (a.runId < b.runId ? -1 : 1)',
    replace: '',
  },
  {
    name: 'the dead can be promoted',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: '!isDown && ',
    replace: '',
  },
  {
    name: 'how long it has lost its master does not matter',
    breaks: 'the copy chosen is the best of the good ones: priority, offset, run id',
    file: sentinels,
    find: ' && linkDownMs <= longestDownMs',
    replace: '',
  },
]
