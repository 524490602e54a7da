import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { texts } from '../runtime/apply/texts.ts'
import { kind } from '../../../labs/servers/redis.ts'
import { parseRedis } from '../../../labs/servers/redis/report.ts'
import type { World } from '../../../labs/servers/kind/world.ts'

const change = {
  by: 'redis' as const,
  files: 'redis/',
  service: 'redis',
  at: '/etc/redis',
  main: 'redis.conf',
}

describe('Redis refuses its file', () => {
  const output = `12:C 27 Nov 2026 19:41:48.123 # WARNING Memory overcommit must be enabled!

*** FATAL CONFIG FILE ERROR (Redis 8.0.2) ***
Reading the configuration file, at line 3
>>> 'maxmemory 10xb'
argument must be a memory value
`
  test('with its line, its words and what they usually mean', () =>
    expect(parseRedis(output, change, '')).toEqual({
      file: 'redis/redis.conf',
      line: 3,
      message: 'argument must be a memory value',
      meaning: expect.stringContaining('100mb'),
    }))

  test('in Chinese, too', () => {
    vi.stubEnv('FOUR_TIERS_LANG', 'zh')
    expect(parseRedis(output, change, '').meaning).toContain('中间没有空格')
    vi.unstubAllEnvs()
  })

  test('with the line of a name that it does not know, which it tells without a number', () => {
    const said = `12:M 27 Nov 2026 19:41:48.123 # Unresolved Configuration(s) Detected:
12:M 27 Nov 2026 19:41:48.123 # >>> 'databasis 8'
12:M 27 Nov 2026 19:41:48.123 # Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting`
    expect(parseRedis(said, change, '# Cache.\nmaxmemory 1mb\nDatabasis 8\n')).toMatchObject({
      line: 3,
      message: expect.stringMatching(/^Module Configuration detected/),
      meaning: expect.stringContaining('misspelt'),
    })
  })

  test('without a line where Redis gives none, and without its process id', () => {
    const words = '1:M 27 Nov 2026 19:41:48.123 # Aborting Redis startup because of ACL errors: x'
    expect(parseRedis(words, change, '')).toMatchObject({
      line: undefined,
      message: 'Aborting Redis startup because of ACL errors: x',
    })
  })
})

describe('a redis.conf that stands its trial', () => {
  /** A Redis that takes every CONFIG SET, and what it was asked. */
  async function take(before: string, now: string) {
    const asked: string[] = []
    const world = {
      exec: async (_: string, [program, ...words]: readonly string[]) => {
        if (program === 'timeout') return said('# Configured to not listen anywhere, exiting.')
        asked.push(words.slice(3).join(' | '))
        return said('OK')
      },
      boot: async () => (asked.push('boot'), ''),
    } as unknown as World
    const file = (text: string) => texts({ 'redis/redis.conf': text })
    expect(await kind.take?.(world, [{ change, now: file(now), before: file(before) }])).toEqual([])
    return asked
  }
  const said = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' })

  test('is taken in one command, with several words as one', async () =>
    expect(
      await take(
        'maxmemory 1mb\n',
        'MaxMemory 2mb\nsave 900 1\nsave 300 10\nproc-title-template "a b"',
      ),
    ).toEqual(['CONFIG SET maxmemory 2mb save "900 1 300 10" proc-title-template "a b" | 6379 | ']))

  test('is told to the port and with the password of the server that runs', async () =>
    expect(await take('port 7000\nrequirepass "tea"\n', 'port 7001\nrequirepass "tea"\n')).toEqual([
      'CONFIG SET port 7001 | 7000 | tea',
    ]))

  test('needs nothing done where only a comment is new', async () =>
    expect(await take('maxmemory 1mb\n', '# Small.\nmaxmemory 1mb\n')).toEqual([]))

  test('starts the server anew where a line is gone', async () =>
    expect(await take('maxmemory 1mb\ndatabases 4\n', 'databases 4\n')).toEqual(['boot']))
})

describe('several Redis with a file each, and one that all of them include', () => {
  const pair = {
    by: 'redis' as const,
    files: 'redis/',
    services: ['redis1', 'copy1'],
    at: '/lab/redis',
    main: '{service}.conf',
  }
  const include = 'include /lab/redis/common.conf\n'
  const good = {
    'redis/redis1.conf': include,
    'redis/copy1.conf': `${include}replicaof redis1 6379\n`,
    'redis/common.conf': 'maxmemory 24mb\n',
  }
  let live: string
  beforeEach(() => void (live = mkdtempSync(join(tmpdir(), 'four-tiers-redis-'))))
  afterEach(() => rmSync(live, { recursive: true }))

  /** Who is booted, and what is refused; `refuses` is what the trial of a server's file says. */
  async function save(
    now: Readonly<Record<string, string>>,
    { refuses = {}, falls = '' }: { refuses?: Record<string, string>; falls?: string } = {},
  ) {
    mkdirSync(join(live, 'redis'), { recursive: true })
    for (const [file, text] of Object.entries(now)) writeFileSync(join(live, file), text)
    const booted: string[] = []
    const world = {
      live,
      exec: async (server: string, [program]: readonly string[]) => ({
        exitCode: 0,
        stdout:
          program === 'timeout' ? (refuses[server] ?? 'Configured to not listen anywhere') : 'PONG',
        stderr: '',
      }),
      boot: async (server: string) => {
        booted.push(server)
        return server === falls ? '1:M 27 Nov 2026 19:41:48.123 # No room.' : ''
      },
    } as unknown as World
    const edit = { change: pair, now: texts(now), before: texts(good) }
    const problems = await kind.take!(world, [edit])
    const taken = booted.splice(0)
    if (problems.length > 0) await kind.takeBack!(world, [edit])
    return { taken, problems, takenBack: booted }
  }

  test('only the one begins anew whose own file has changed', async () =>
    expect(await save({ ...good, 'redis/copy1.conf': include })).toMatchObject({
      taken: ['copy1'],
      problems: [],
    }))

  test('all of them do where the common file has', async () =>
    expect((await save({ ...good, 'redis/common.conf': 'maxmemory 32mb\n' })).taken.sort()).toEqual(
      ['copy1', 'redis1'],
    ))

  test('what the common file says wrong is told of that file, and once', async () => {
    const said = `*** FATAL CONFIG FILE ERROR (Redis 8.0.2) ***
Reading the configuration file, at line 1
>>> 'maxmemory 10xb'
argument must be a memory value
`
    const refuses = { redis1: said, copy1: said }
    const saved = await save({ ...good, 'redis/common.conf': 'maxmemory 10xb\n' }, { refuses })
    expect(saved.problems).toMatchObject([{ file: 'redis/common.conf', line: 1 }])
    expect(saved).toMatchObject({ taken: [], takenBack: [] })
  })

  test('the file of one says its own line, though the common file has one of that number', async () => {
    const refuses = { copy1: "at line 2\n>>> 'replicaof redis1'\nwrong number of arguments\n" }
    const now = { ...good, 'redis/copy1.conf': `${include}replicaof redis1\n` }
    expect((await save(now, { refuses })).problems).toMatchObject([
      { file: 'redis/copy1.conf', line: 2 },
    ])
  })

  test('who has begun with the new file begins with the old one again when another falls', async () => {
    const common = { 'redis/common.conf': 'maxmemory 32mb\n' }
    const saved = await save({ ...good, ...common }, { falls: 'copy1' })
    expect(saved.problems).toMatchObject([{ message: 'No room.' }])
    expect([...saved.takenBack].sort()).toEqual(['copy1', 'redis1'])
  })

  test('none of their own files may go, others may', () => {
    expect(kind.mayGo?.(pair, 'redis/copy1.conf')).toBe(false)
    expect(kind.mayGo?.(pair, 'redis/common.conf')).toBe(true)
  })
})
