import { describe, expect, test, vi } from 'vitest'
import { texts } from '../runtime/apply/texts.ts'
import { kind, parseRedis } from '../../../labs/servers/redis.ts'
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
