import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import type { ConfigError } from '../../../snippets/nginx/config-error.ts'
import { directiveTable } from '../../../snippets/nginx/directive-table.ts'
import { inspectConfig } from '../../../snippets/nginx/read-config.ts'
import { takeEngine } from '../../real/engine.ts'
import { broken } from './broken-config.ts'
import { makeLevel, printLevel } from './generated-config.ts'
import { makeServers } from './generated-servers.ts'
import { judged, type Verdict } from './judge.ts'
import { withBug } from './planted-bugs.ts'
import { refusalBugs } from './refusal-bugs.ts'
import { fuzzSeed, Seeded } from './seeded.ts'
import { wholeConfigs } from './whole-configs.ts'

type Model = typeof inspectConfig

const configurations = 900
const seed = fuzzSeed()
let engine: Engine
let texts: readonly string[]
let verdicts: readonly Verdict[]

/** What lies outside a text: other hosts, files, the names of variables, formats and zones. */
const isOutside = (refusal: string): boolean =>
  /^(?:unknown "|unknown log format|host not found|bind\(\) to|zero size shared memory|"\S+_cache_path" must|open\(\)|BIO_new|cannot load|duplicate (?:log level|network)|the "\w+" parameter)/.test(
    refusal,
  )

/** What `nginx -t` passes over. */
const isOfStart = ({ problem }: ConfigError): boolean =>
  'hint' in problem && problem.hint?.kind === 'taken'

beforeAll(async () => {
  engine = await takeEngine()
  const seeded = new Seeded(seed)
  texts = [...wholeConfigs, ...seeded.list(configurations, () => broken(seeded, makeText(seeded)))]
  verdicts = await judged(engine, texts)
})
afterAll(() => engine?.release())

function makeText(seeded: Seeded): string {
  const kind = seeded.below(wholeConfigs.length + 2)
  if (wholeConfigs[kind] !== undefined) return wholeConfigs[kind]
  if (kind === wholeConfigs.length) return makeServers(seeded, [8080, 8081])
  return ['server {', ...printLevel(makeLevel(seeded, 4), 2), '}'].join('\n')
}

/** Undefined where the two agree, or nobody can know. */
function difference(model: Model, text: string, { refusal, line }: Verdict): string | undefined {
  if (refusal !== undefined && isOutside(refusal)) return undefined
  const [first] = model(text).problems.filter((one) => !isOfStart(one))
  if (first && (first.problem.kind === 'not-modelled' || first.problem.kind === 'regex-differs'))
    return undefined
  const real = refusal === undefined ? 'starts' : `line ${line}: ${refusal}`
  const isSame = (refusal === undefined) === (first === undefined)
  const isThere = !first || line === undefined || first.line === line
  return isSame && isThere ? undefined : `nginx: ${real}\nmodel: ${first?.message ?? 'starts'}`
}

const differences = (model: Model): readonly string[] =>
  texts.flatMap((text, index) => {
    const found = difference(model, text, verdicts[index]!)
    return found === undefined ? [] : [`FUZZ_SEED=${seed}\n${found}\n${text}`]
  })

describe('what nginx -t refuses', () => {
  test('the whole configurations start, before a hand slips', () =>
    expect(verdicts.slice(0, wholeConfigs.length).map(({ refusal }) => refusal)).toEqual(
      wholeConfigs.map(() => undefined),
    ))

  test('the model refuses the same texts, on the same line', () => {
    const found = differences(inspectConfig)
    if (found.length > 0) expect.fail(`${found.length} of ${texts.length}\n${found[0]}`)
  })

  test('most slips are refused, and some are not', () => {
    const refused = verdicts.filter(({ refusal }) => refusal !== undefined).length
    expect(refused).toBeGreaterThan(configurations / 2)
    expect(refused).toBeLessThan(texts.length - configurations / 20)
  })

  test.each(refusalBugs)('$name: found', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const { inspectConfig: wrong } = (await load('nginx/read-config.ts')) as {
        readonly inspectConfig: Model
      }
      return differences(wrong).length
    })
    expect(found).toBeGreaterThan(0)
  })
})

describe('what only a start tells', () => {
  const asked = [
    'listen 8080; listen [::]:8080 ipv6only=off;',
    'listen [::]:8080 ipv6only=off; listen 8080;',
    'listen 127.0.0.1:8079-8081; listen [::]:8080 ipv6only=off;',
    'listen 8080; listen 127.0.0.1:8080 bind;',
    'listen 8080; listen 127.0.0.1:8080;',
    'listen 8080; listen [::]:8080 ipv6only=on;',
    'listen 8080 reuseport; listen [::]:8080 ipv6only=off reuseport;',
  ].map((listens) => `server { ${listens} }`)

  test('nginx -t passes over a socket that cannot be opened beside another', async () =>
    expect((await judged(engine, asked)).map(({ refusal }) => refusal)).toEqual(
      asked.map(() => undefined),
    ))

  test('nginx does not start, in the words of the model; or starts, where the model says so', async () => {
    const real = await judged(engine, asked, 'started')
    const said = asked.map((text) => inspectConfig(text).problems[0]?.problem)
    expect(said.map((problem) => problem && 'text' in problem && problem.text)).toEqual(
      real.map(({ refusal }) => refusal),
    )
    expect(said.filter(Boolean)).toHaveLength(4)
  })
})

describe('the table of directives', () => {
  test('each takes as many words as it says, in the places that it says', async () => {
    const asked = tableProbes()
    const all = await judged(
      engine,
      asked.map(({ text }) => text),
    )
    const wrong = asked.flatMap(({ text, isShape }, index) => {
      const { refusal } = all[index]!
      const isSoRefused = refusal !== undefined && aboutShape.test(refusal)
      return isSoRefused === isShape ? [] : [`${text}: ${refusal ?? 'starts'}`]
    })
    expect(wrong).toEqual([])
  })
})

/** Said of a directive before its values are read. */
const aboutShape =
  /^(?:unknown directive|invalid number of arguments in|directive ".*" (?:is not terminated|has no opening)|".*" directive is not allowed here)/

/** Each name in three places of `http`, with none to four words; what the model says of its shape. */
function tableProbes(): readonly { readonly text: string; readonly isShape: boolean }[] {
  const names = directiveTable
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .flatMap((line) => line.trim().split(' '))
  const around: readonly (readonly [string, string])[] = [
    ['', ''],
    ['server {', '}'],
    ['server { location /a {', '} }'],
  ]
  return [...new Set(names)]
    .filter((name) => name !== 'include')
    .flatMap((name, index) => {
      const [open, close] = around[index % 3]!
      const words = ' on'.repeat((index * 7) % 5)
      const text = `${open} ${name}${words}; ${close}`
      const [first] = inspectConfig(text).problems
      const said =
        first?.problem.kind === 'unknown-directive'
          ? 'unknown directive'
          : first?.problem.kind === 'refused-by-nginx'
            ? first.problem.text
            : ''
      return [{ text, isShape: aboutShape.test(said) }]
    })
}
