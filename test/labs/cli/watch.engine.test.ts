import { appendFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Reader } from './reader.ts'
import type { RunningCommand } from './running-command.ts'

const conf = 'nginx/site.conf'
let reader: Reader
let lab: RunningCommand
let url: string
let right: string
/** The same without web2: the first task fails. */
let wrong: string

beforeAll(async () => {
  reader = new Reader()
  reader.takeSolution('compose.yaml', 'app/greeting.ts', conf)
  right = reader.read(`work/${conf}`)
  wrong = right.replace(/^ *server web2:3000 fail_timeout=1s;\n/m, '')
  lab = reader.start(['1', '--json'])
  url = (await lab.after('ready', () => undefined)).url
  await lab.after('idle', () => undefined)
})
afterAll(() => reader.leave())

const balance = (wanted: 'pass' | 'fail', act: () => unknown) =>
  lab.after(
    'verdict',
    act,
    ({ verdict }) => verdict.task === 'balance' && verdict.outcome === wanted,
  )
const broken = async (act: () => unknown) => (await lab.after('broken', act)).problems
/** The site, by the last good files. */
const site = async () => (await fetch(url)).status
/** Saved again as it was, the lab has nothing to complain about. */
const mended = (file: string, text: string) =>
  lab.after('verdict', () => reader.save(`work/${file}`, text))

describe('a save', () => {
  test('is checked, in place or by the rename of an editor, with the line ends of any system', async () => {
    expect(wrong).not.toBe(right)
    await balance('fail', () => reader.save(`work/${conf}`, wrong.replaceAll('\n', '\r\n')))
    await balance('pass', () => reader.saveByRename(`work/${conf}`, right))
  })

  test('right after another leaves one verdict: on what was saved last', async () => {
    const seen = lab.events.length
    await balance('pass', () => {
      reader.save(`work/${conf}`, wrong)
      setTimeout(() => reader.save(`work/${conf}`, right), 40)
    })
    const verdicts = lab.events
      .slice(seen)
      .flatMap((one) => (one.event === 'verdict' ? [one.verdict] : []))
      .filter(({ task }) => task === 'balance')
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['pass'])
  })

  test('of a file that is not the reader’s is told, and not checked', async () => {
    for (const file of [`solution/${conf}`, `starter/${conf}`]) {
      const { text } = await lab.after('notice', () => appendFileSync(reader.path(file), '\n'))
      expect(text).toContain(`${file} was edited, but is not checked`)
    }
  })
})

describe('what a server refuses is told with file and line, and the site goes on', () => {
  const mistakes: readonly (readonly [string, string, (text: string) => string, object])[] = [
    [
      'a misspelt directive',
      conf,
      (text) => text.replace('proxy_connect_timeout 1s', 'prox_connect_timeout 1s'),
      {
        line: expect.any(Number),
        message: 'unknown directive "prox_connect_timeout"',
        meaning: expect.stringContaining('misspelt'),
      },
    ],
    ['an empty file', conf, () => '', { message: 'The file is empty.' }],
    [
      'a tab in YAML',
      'compose.yaml',
      (text) => text.replace('services:\n', 'services:\n\tweb9: {}\n'),
      { line: expect.any(Number), meaning: expect.stringContaining('indentation') },
    ],
    [
      'a key that Compose does not know',
      'compose.yaml',
      (text) => text.replace('  web2:\n', '  web2:\n    colour: green\n'),
      { line: expect.any(Number), message: expect.stringContaining('colour') },
    ],
    [
      'a port published to the whole network',
      'compose.yaml',
      (text) => text.replace('  web2:\n', "  web2:\n    ports: ['18099:3000']\n"),
      {
        line: expect.any(Number),
        message: 'web2 publishes port 18099 to every network of this machine.',
        meaning: expect.stringContaining('127.0.0.1:18099'),
      },
    ],
    [
      'a syntax error in TypeScript',
      'app/greeting.ts',
      (text) => `${text}\nconst = 1\n`,
      { line: expect.any(Number), message: expect.stringContaining('SyntaxError') },
    ],
    [
      'a function that is no longer exported',
      'app/greeting.ts',
      (text) => text.replace('export function', 'function'),
      { message: 'No function greeting is exported.' },
    ],
  ]

  test.each(mistakes)('%s', async (_, file, spoil, problem) => {
    const good = reader.read(`work/${file}`)
    expect(spoil(good)).not.toBe(good)
    const [found] = await broken(() => reader.save(`work/${file}`, spoil(good)))
    expect(found).toMatchObject({ file, ...problem })
    expect(await site()).toBe(200)
    await mended(file, good)
  })
})

describe('files that go away', () => {
  test('one file: the lab goes on with the last good one until it is back', async () => {
    const file = 'app/greeting.ts'
    const good = reader.read(`work/${file}`)
    const [problem] = await broken(() => rmSync(reader.path(`work/${file}`)))
    expect(problem).toMatchObject({ file, message: 'The file is gone.' })
    expect(await site()).toBe(200)
    await mended(file, good)
  })

  test('the whole folder: a reset from another terminal brings it back, and is checked', async () => {
    const [problem] = await broken(() => rmSync(reader.path('work'), { recursive: true }))
    expect(problem?.meaning).toContain('npm run lab 1 reset')
    expect(await site()).toBe(200)
    await balance('fail', () => reader.run(['1', 'reset']))
  })
})

test('our answer, put in place while the lab runs, is checked; the reader’s is kept', async () => {
  reader.save('work/notes.txt', 'mine')
  await balance('pass', async () => {
    const { stdout } = await reader.run(['1', 'solution', '--apply', '--json'])
    const { kept } = JSON.parse(stdout) as { kept: string }
    expect(reader.read(`../../${kept}/notes.txt`)).toBe('mine')
  })
})

test('with --poll a save is seen without file events', async () => {
  lab.signal('SIGINT')
  await lab.ended
  lab = reader.start(['1', '--json', '--poll'])
  await lab.after('verdict', () => undefined)
  await balance('fail', () => reader.save(`work/${conf}`, wrong))
})
