import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { World } from '../../../labs/servers/kind/world.ts'
import { kind } from '../../../labs/servers/sentinel.ts'
import { parseSentinel, unresolvedIn } from '../../../labs/servers/sentinel/report.ts'
import { texts } from '../runtime/apply/texts.ts'

const change = {
  by: 'sentinel' as const,
  files: 'sentinel/',
  services: ['sentinel1', 'sentinel2', 'sentinel3'],
  watched: ['redis1', 'copy1'],
  at: '/lab/sentinel',
  main: 'sentinel.conf',
  begun: '/tmp/begun',
}

const refusal = (line: number, text: string, words: string) => `
*** FATAL CONFIG FILE ERROR (Redis 8.0.2) ***
Reading the configuration file, at line ${line}
>>> '${text}'
${words}
`

describe('a Sentinel refuses its file', () => {
  test.each([
    ['sentinel down-after-milliseconds on 1000', 'No such master with specified name.', 'monitor'],
    ['sentinel monitor one redis9 6379 2', "Can't resolve instance hostname.", 'this name'],
    ['sentinel monitor one redis1 6379 0', 'Quorum must be 1 or greater.', 'must agree'],
    ['sentinel dwon-after one 1000', 'Unrecognized sentinel configuration statement.', 'misspelt'],
    ['maxmemory 10xb', 'argument must be a memory value', '100mb'],
  ])('%s: with its line, its words and what they usually mean', (line, words, meaning) => {
    const text = `# Watch.\n${line}\n`
    expect(parseSentinel(refusal(2, line, words), change, text)).toEqual({
      file: 'sentinel/sentinel.conf',
      line: 2,
      message: words,
      meaning: expect.stringContaining(meaning),
    })
  })

  test('nor does it refuse a name that leads nowhere: that is told with its line', () => {
    const text =
      '# redis9 comes\nsentinel resolve-hostnames yes\nsentinel monitor one redis9 6379 2\n'
    const warning = "12:X 29 Nov 2026 18:43:01.123 # Failed to resolve hostname 'redis9'\n"
    expect(unresolvedIn(`${warning}12:X # Sentinel ID is 1\n`, change, text)).toEqual({
      file: 'sentinel/sentinel.conf',
      line: 3,
      message: "Failed to resolve hostname 'redis9'",
      meaning: expect.stringContaining('No server has this name'),
    })
    expect(unresolvedIn('12:X # Sentinel ID is 1\n', change, text)).toBeUndefined()
  })

  test('in Chinese, too', () => {
    vi.stubEnv('FOUR_TIERS_LANG', 'zh')
    const output = refusal(1, 'sentinel monitor one redis9 6379 2', "Can't resolve hostname.")
    expect(parseSentinel(output, change, '').meaning).toContain('没有叫这个名字的服务器')
    vi.unstubAllEnvs()
  })
})

describe('a sentinel.conf', () => {
  let live: string
  beforeEach(() => {
    live = mkdtempSync(join(tmpdir(), 'four-tiers-sentinel-'))
    mkdirSync(join(live, 'sentinel'))
    writeFileSync(join(live, 'sentinel/sentinel.conf'), 'sentinel monitor one redis1 6379 2\n')
  })
  afterEach(() => rmSync(live, { recursive: true }))

  /** Three that know what they have learnt, and what was done to them. */
  function world({ said = 'Configured to not listen anywhere', falls = '' } = {}) {
    const done: string[] = []
    const forgot = new Set<string>()
    const one = {
      live,
      exec: async (server: string, [program, ...words]: readonly string[]) => {
        if (program === 'rm') forgot.add(server)
        if (program === 'sh') done.push(`${server} tries ${words.slice(3).join('/')}`)
        return { exitCode: 0, stdout: program === 'sh' ? said : '', stderr: '' }
      },
      boot: async (server: string) => {
        done.push(forgot.delete(server) ? `${server} begins from the file` : `${server} boots`)
        return server === falls ? '1:X 27 Nov 2026 19:41:48.123 # No room.' : ''
      },
    } as unknown as World
    return { one, done }
  }
  const file = texts({ 'sentinel/sentinel.conf': '' })
  const edits = [{ change, now: file, before: file }] as const

  test('is tried by one of them, and then all begin from it, after those whom they watch', async () => {
    const { one, done } = world()
    expect(await kind.take?.(one, edits)).toEqual([])
    expect(done).toEqual([
      'sentinel1 tries /lab/sentinel/sentinel.conf',
      'redis1 boots',
      'copy1 boots',
      'sentinel1 begins from the file',
      'sentinel2 begins from the file',
      'sentinel3 begins from the file',
    ])
  })

  test('that is refused disturbs nobody', async () => {
    const edits = [{ change, now: file, before: file }] as const
    const { one, done } = world({ said: refusal(1, 'sentinel x', 'Unrecognized sentinel x') })
    expect(await kind.take?.(one, edits)).toMatchObject([{ file: 'sentinel/sentinel.conf' }])
    await kind.takeBack?.(one, edits)
    expect(done).toHaveLength(1)
  })

  test('with which one does not come up is told in its own words, and all begin from the old one', async () => {
    const { one, done } = world({ falls: 'sentinel2' })
    expect(await kind.take?.(one, edits)).toMatchObject([{ message: 'No room.' }])
    done.splice(0)
    await kind.takeBack?.(one, edits)
    expect(done).toContain('sentinel1 begins from the file')
  })

  test('concerns the Sentinels, and has no cache to be emptied', () => {
    expect(kind.servers(change)).toEqual(change.services)
    expect(kind.emptyCache).toBeUndefined()
  })
})
