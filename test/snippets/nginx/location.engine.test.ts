import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { readConfig } from '../../../snippets/nginx/read-config.ts'
import {
  makeLevel,
  makeTarget,
  printLevel,
  smaller,
  type MadeLocation,
} from './generated-config.ts'
import { withBug } from './planted-bugs.ts'
import { locationBugs } from './location-bugs.ts'
import { askRaw, type RawAnswer } from '../../real/raw-http.ts'
import { takeEngine } from '../../real/engine.ts'
import { withNginx } from './real-nginx.ts'
import { fuzzSeed, Seeded } from './seeded.ts'

/** One configuration with its requests, and what nginx answered. */
interface Case {
  readonly level: readonly MadeLocation[]
  readonly text: string
  readonly host: string
  readonly targets: readonly string[]
  readonly answers: readonly string[]
}

interface Model {
  readonly whoAnswers: typeof whoAnswers
  readonly readConfig: typeof readConfig
}
const ours: Model = { whoAnswers, readConfig }

const configurations = 1000
const requestsEach = 40
const seed = fuzzSeed()
const socket = { address: '127.0.0.1', port: 80 }
let engine: Engine
let cases: readonly Case[]

beforeAll(async () => {
  engine = await takeEngine()
  const seeded = new Seeded(seed)
  cases = await answered(
    seeded.list(configurations, () => makeLevel(seeded, seeded.between(1, 6))),
    () => seeded.list(requestsEach, () => makeTarget(seeded)),
  )
})
afterAll(() => engine?.release())

/** Asks one nginx, in which every configuration is a server of its own name. */
async function answered(
  levels: readonly (readonly MadeLocation[])[],
  targetsOf: (index: number) => readonly string[],
): Promise<readonly Case[]> {
  const asked = levels.map((level, index) => {
    const host = `c${index}.test`
    const lines = ['server {', 'listen 80;', `server_name ${host};`, 'root /none;']
    const text = [...lines, ...printLevel(level, lines.length + 1), '}'].join('\n')
    return { level, text, host, targets: targetsOf(index) }
  })
  const http = [
    'server_names_hash_max_size 8192; server_names_hash_bucket_size 128; absolute_redirect off;',
    'server { listen 80 default_server; return 418; }',
    ...asked.map(({ text }) => text),
  ].join('\n')
  return withNginx(engine, http, async ({ port }) => {
    const requests = asked.flatMap(({ host, targets }) =>
      targets.map((target) => `GET ${asBytes(target)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    )
    const answers = (await askRaw(port, requests)).map(inShort)
    return asked.map((one) => ({ ...one, answers: answers.splice(0, one.targets.length) }))
  })
}

const asBytes = (text: string): string => Buffer.from(text).toString('latin1')

function inShort({ status, headers, body }: RawAnswer): string {
  if (status === 301) return `redirect to ${headers.location!.split('?')[0]}`
  return status === 200 ? `line ${body}` : `${status}`
}

/** The model's answer to the same, in the same words. */
function predicted(model: Model, text: string, host: string, targets: readonly string[]) {
  const servers = model.readConfig(text)
  return targets.map((target) => {
    const answer = model.whoAnswers(servers, { socket, host, target })
    switch (answer.outcome) {
      case 'nobody-listens':
        return 'nobody listens'
      case 'bad-request':
        return '400'
      case 'no-location':
        return '404'
      case 'redirect':
        return `redirect to ${encodeURI(answer.choice.winner!.name)}`
      case 'location':
        return `line ${answer.choice.winner!.line}`
      case 'gave-up':
        return '500'
      default:
        return answer.outcome
    }
  })
}

/** The places in a case where model and nginx differ. */
const differences = (model: Model, { text, host, targets, answers }: Case) =>
  predicted(model, text, host, targets).flatMap((answer, index) =>
    answer === answers[index]
      ? []
      : [{ target: targets[index]!, model: answer, nginx: answers[index]! }],
  )

/** Takes locations away, as long as model and nginx still differ. */
async function shrunk(found: Case): Promise<Case> {
  const { target } = differences(ours, found)[0]!
  const variants = await answered([found.level, ...smaller(found.level)], () => [target])
  const still = variants.slice(1).filter((one) => differences(ours, one).length > 0)
  return still[0] ? shrunk(still[0]) : variants[0]!
}

describe('which location answers', () => {
  test('the model and nginx 1.26 agree on every request of random configurations', async () => {
    expect(cases).toHaveLength(configurations)
    const wrong = cases.find((one) => differences(ours, one).length > 0)
    if (!wrong) return
    const smallest = await shrunk(wrong)
    expect.fail(
      `FUZZ_SEED=${seed}\n${smallest.text}\n${JSON.stringify(differences(ours, smallest)[0])}`,
    )
  })

  test('the requests lead everywhere: to exact names, prefixes, patterns, nowhere, to refusals', () => {
    const seen = new Map<string, number>()
    for (const { text, host, targets } of cases) {
      const servers = readConfig(text)
      for (const target of targets) {
        const answer = whoAnswers(servers, { socket, host, target })
        const way = 'choice' in answer ? answer.choice.endedBy : answer.outcome
        seen.set(way, (seen.get(way) ?? 0) + 1)
      }
    }
    for (const way of ['exact', 'prefix', 'pattern', 'inside', 'nothing', 'bad-request'])
      expect.soft(seen.get(way), way).toBeGreaterThan(configurations / 4)
    expect(seen.get('redirect')).toBeGreaterThan(configurations / 40)
  })

  test.each(locationBugs)('$name: found within 300 configurations', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const wrong = {
        ...((await load('nginx/answer.ts')) as Pick<Model, 'whoAnswers'>),
        ...((await load('nginx/read-config.ts')) as Pick<Model, 'readConfig'>),
      }
      return cases.slice(0, 300).findIndex((one) => differences(wrong, one).length > 0)
    })
    expect(found).toBeGreaterThanOrEqual(0)
  })
})
