export { lab } from './lab.ts'
export { Answers } from './answers.ts'
export type { Arrival } from './arrivals.ts'
export { createDraw } from './draw.ts'
export { addressForms, addressHeaders, forgedAddress } from './forged.ts'
export {
  as,
  drawVisits,
  emptyReply,
  form,
  greetedBy,
  type Member,
  membersOf,
  pictureCalled,
  pictureForm,
  topics,
} from './forum.ts'
export { ageOf, ownLifetime, sharedLifetime } from './freshness.ts'
export type { Connection } from './ipvs.ts'
export { type Held, type Line, type SeenOnLine, whileHolding } from './line.ts'
export { aboutPages, loadsIn } from './loads.ts'
export { areKept, inTurn, loadsDuring, readPages, untilKept, type Where } from './pages.ts'
export {
  askedOver,
  beginEmpty,
  expectTwoMinutes,
  livesOf,
  readTimed,
  type Row,
  shareOf,
  type Timed,
  untilAsked,
} from './levels.ts'
export {
  askRedis,
  commandsDuring,
  countHomes,
  emptyRedis,
  expectOneHomeEach,
  homesOf,
  makeTopics,
  readings,
  type RedisLists,
  sharesAfterReading,
  tellServers,
} from './redis-row.ts'
export { cookieOf, expectSeen, lackingOf, lackingReplies, replyAt, replyBy } from './replies.ts'
export { createGuests, type Guests } from './guests.ts'
export {
  areInStep,
  beginAnew,
  copiesAll,
  hasStoodFor,
  isVoteLost,
  knowsInStep,
  mastersAmong,
  type Pairs,
  type Replication,
  replicationOf,
  untilInStep,
  type Watched,
  watchedBy,
  worksOnceElected,
} from './replication.ts'
export { forgedEverywhere, forgeNotice, type Notice, reloads } from './strangers.ts'
export { withStandIn } from './stand-in.ts'
export { lengthen, openTopics, removeTopics, sql } from './written.ts'
export { say } from '../language.ts'
export type { Answer, LabRequest } from '../runtime/runtime.ts'
