import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { commandBytes } from '../../../snippets/replication/command-bytes.ts'
import {
  createMaster,
  demote,
  promote,
  psync,
  write,
  type Master,
  type Replica,
} from '../../../snippets/replication/replication.ts'
import { takeEngine } from '../../real/engine.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { patient, untilCopied, withRedises, type RealServer } from './real-redis.ts'

const seed = fuzzSeed()
/** The least that Redis takes; it keeps up to two blocks of as much more. */
const backlogBytes = 16_384
/** The master says nothing of its own, so that all bytes of the stream are those that a test writes. */
const settings = [
  ...['--repl-backlog-size', `${backlogBytes}`, '--repl-ping-replica-period', '3600'],
  ...['--repl-diskless-sync-delay', '0'],
]
let engine: Engine

beforeAll(async () => {
  engine = await takeEngine(['redis:8.0'])
})
afterAll(() => engine?.release())

const offsetOf = (server: RealServer) => server.number('replication', 'master_repl_offset')

/** What this Redis knows, in the model's words. */
async function historyOf(server: RealServer): Promise<Master & Replica> {
  const field = (name: string) => server.info('replication', name)
  const until = Number(await field('second_repl_offset')) - 1
  const former = { id: await field('master_replid2'), until }
  return {
    id: await field('master_replid'),
    offset: Number(await field('master_repl_offset')),
    backlogBytes: Number(await field('repl_backlog_size')),
    backlogFrom: Number(await field('repl_backlog_first_byte_offset')) - 1,
    former: until < 0 ? undefined : former,
  }
}

async function following(master: RealServer, copy: RealServer): Promise<void> {
  await copy.cli('REPLICAOF', '127.0.0.1', `${master.port}`)
  await untilCopied(master, copy)
}

const syncs = async (server: RealServer) => ({
  full: await server.number('stats', 'sync_full'),
  partial: await server.number('stats', 'sync_partial_ok'),
})

/** What the meeting since `before` was. */
async function kindSince(server: RealServer, before: Awaited<ReturnType<typeof syncs>>) {
  const after = await syncs(server)
  const [full, partial] = [after.full - before.full, after.partial - before.partial]
  expect(full + partial, JSON.stringify({ before, after })).toBe(1)
  return full === 1 ? 'full' : 'partial'
}

/** So many bytes of values, by commands of a kilobyte. */
async function fill(server: RealServer, bytes: number): Promise<number> {
  let written = 0
  for (let left = bytes; left > 0; left -= 1024) {
    const command = ['SET', 'page:1', 'x'.repeat(Math.min(left, 1024))]
    await server.cli(...command)
    written += commandBytes(...command)
  }
  return written
}

test('the offset grows by as many bytes as a command has, in any script', () =>
  withRedises(engine, async ({ redis }) => {
    const [master, copy] = [redis(7001, ...settings), redis(7002, ...settings)]
    await master.begin()
    await copy.begin()
    await following(master, copy)
    // The first command is preceded by the choice of the database.
    const before = await offsetOf(master)
    await master.cli('SET', 'first', 'x')
    expect((await offsetOf(master)) - before).toBe(
      commandBytes('SELECT', '0') + commandBytes('SET', 'first', 'x'),
    )
    const seeded = new Seeded(seed)
    for (let round = 0; round < 30; round++) {
      const text = seeded
        .list(seeded.below(200), () => seeded.pick(['a', '茶', '😀', ' ']))
        .join('')
      const command = ['SET', `key:${seeded.below(1000)}`, text]
      const from = await offsetOf(master)
      await master.cli(...command)
      expect((await offsetOf(master)) - from, `FUZZ_SEED=${seed} ${JSON.stringify(command)}`).toBe(
        commandBytes(...command),
      )
    }
  }))

test('a copy that was away is given what the model says: the rest, or everything', () =>
  withRedises(engine, async ({ redis }) => {
    const [master, copy] = [redis(7001, ...settings), redis(7002, ...settings)]
    await master.begin()
    await copy.begin()
    await following(master, copy)
    const seeded = new Seeded(seed)
    const seen = new Set<string>()
    // Whoever is sent everything is told anew which database is meant, before the next command.
    let choice = commandBytes('SELECT', '0')
    for (let round = 0; round < 8; round++) {
      const isShort = round < 2 ? round === 0 : seeded.isLucky(0.5)
      // Beyond the backlog and the blocks that Redis keeps on top of it.
      const bytes = isShort ? seeded.between(1, 14_000) : seeded.between(60_000, 90_000)
      const known = await historyOf(copy)
      let model: Master = { ...(await historyOf(master)), backlogBytes }
      const before = await syncs(master)
      const pid = await copy.signal('STOP')
      await master.cli('CLIENT', 'KILL', 'TYPE', 'replica')
      model = write(model, choice + (await fill(master, bytes)))
      const real = await historyOf(master)
      expect(real.offset).toBe(model.offset)
      // Redis drops whole blocks, so that it has at least what the model has.
      expect(real.backlogFrom).toBeLessThanOrEqual(model.backlogFrom)
      const answer = psync(model, known)
      await copy.signal('CONT', pid)
      await untilCopied(master, copy)
      expect(await kindSince(master, before), `FUZZ_SEED=${seed} ${bytes} bytes`).toBe(answer.kind)
      choice = answer.kind === 'full' ? commandBytes('SELECT', '0') : 0
      seen.add(answer.kind)
    }
    expect(seen.size).toBe(2)
  }))

test('after a promotion the sibling goes on, and the old master, which has written more, does not', () =>
  withRedises(engine, async ({ redis }) => {
    const all = [7001, 7002, 7003].map((port) => redis(port, ...settings))
    for (const one of all) await one.begin()
    const [old, promoted, sibling] = all as [RealServer, RealServer, RealServer]
    await following(old, promoted)
    await following(old, sibling)
    await fill(old, 3000)
    await untilCopied(old, promoted)
    await untilCopied(old, sibling)
    const copy = await historyOf(promoted)
    await promoted.cli('REPLICAOF', 'NO', 'ONE')
    const now = await historyOf(promoted)
    expect(promote(copy, now.id)).toEqual({ ...now, backlogBytes: copy.backlogBytes })
    const meet = async (server: RealServer, known: Replica, kind: 'partial' | 'full') => {
      const before = await syncs(promoted)
      expect(psync(await historyOf(promoted), known).kind).toBe(kind)
      await following(promoted, server)
      expect(await kindSince(promoted, before)).toBe(kind)
    }
    await meet(sibling, await historyOf(sibling), 'partial')
    // Nobody follows it any more: what it takes now, it alone has.
    await fill(old, 500)
    await meet(old, demote(await historyOf(old)), 'full')
    expect(await old.cli('DBSIZE')).toBe(await promoted.cli('DBSIZE'))
  }))

test('a master that starts again with nothing is another stream, and its copy forgets all', () =>
  withRedises(engine, async ({ redis }) => {
    const [master, copy] = [redis(7001, ...settings), redis(7002, ...settings)]
    await master.begin()
    await copy.begin()
    await following(master, copy)
    await fill(master, 2000)
    await untilCopied(master, copy)
    const known = await historyOf(copy)
    await master.signal('KILL')
    await master.begin()
    const fresh = createMaster({ id: await master.info('replication', 'master_replid') })
    expect(psync(fresh, known)).toEqual({ kind: 'full', why: 'another-stream' })
    await untilCopied(master, copy)
    await expect.poll(() => copy.cli('DBSIZE'), patient).toBe('0')
    expect(await syncs(master)).toMatchObject({ full: 1, partial: 0 })
  }))
