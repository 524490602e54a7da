import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { readConfig } from '../../../snippets/nginx/read-config.ts'
import { makeRequest, makeServers, type MadeRequest } from './generated-servers.ts'
import { withBug } from './planted-bugs.ts'
import type { Container } from '../../real/container.ts'
import { askRaw, type RawAnswer } from '../../real/raw-http.ts'
import { takeEngine } from '../../real/engine.ts'
import { withNginx } from './real-nginx.ts'
import { fuzzSeed, Seeded } from './seeded.ts'
import { virtualServerBugs } from './virtual-server-bugs.ts'

interface Model {
  readonly whoAnswers: typeof whoAnswers
  readonly readConfig: typeof readConfig
}
/** The servers of two ports of their own, the requests to them, and what nginx answered. */
interface Case {
  readonly text: string
  readonly requests: readonly MadeRequest[]
  readonly answers: readonly string[]
}

const configurations = 300
const requestsEach = 30
const seed = fuzzSeed()
let engine: Engine
let cases: readonly Case[]

/** Goes from the one published port to any address inside, with any Host and the path as it is. */
const front = `
  server { listen 80 default_server;
    location / {
      proxy_pass http://$http_x_to;
      proxy_set_header Host $http_x_host;
      proxy_set_header X-Host "";
    }
  }`

beforeAll(async () => {
  engine = await takeEngine()
  const seeded = new Seeded(seed)
  const asked = seeded.list(configurations, (index) => {
    const ports = [10_000 + 2 * index, 10_001 + 2 * index] as const
    return {
      text: makeServers(seeded, ports),
      requests: seeded.list(requestsEach, () => makeRequest(seeded, ports)),
    }
  })
  const http = ['server_names_hash_bucket_size 128;', front, ...asked.map(({ text }) => text)]
  cases = await withNginx(engine, http.join('\n'), async ({ port, container }) => {
    const hasIpv6 = await hasIpv6Loopback(container)
    const possible = asked.map(({ text, requests }) => ({
      text,
      requests: requests.filter(({ address }) => hasIpv6 || !address.startsWith('[')),
    }))
    const answers = await askRaw(
      port,
      possible.flatMap(({ requests }) => requests.map(asText)),
    )
    return possible.map((one) => ({
      ...one,
      answers: answers.splice(0, one.requests.length).map(inShort),
    }))
  })
})
afterAll(() => engine?.release())

/** Some engines give a container no IPv6; `[::]` may be listened to all the same. */
async function hasIpv6Loopback({ exec }: Container): Promise<boolean> {
  const found = 'grep -qs "^0*1 " /proc/net/if_inet6 && echo yes || echo no'
  return (await exec('sh', '-c', found)).trim() === 'yes'
}

const asText = ({ address, port, host, target }: MadeRequest): string =>
  `GET ${target} HTTP/1.1\r\nHost: front\r\nX-To: ${address}:${port}\r\nX-Host: ${host}\r\n\r\n`

const inShort = ({ status, body }: RawAnswer): string =>
  status === 200 ? `line ${body}` : status === 502 ? 'nobody listens' : `${status}`

function predicted(model: Model, text: string, requests: readonly MadeRequest[]): string[] {
  const servers = model.readConfig(text)
  return requests.map(({ address, port, host, target }) => {
    const answer = model.whoAnswers(servers, { socket: { address, port }, host, target })
    if (answer.outcome === 'nobody-listens') return 'nobody listens'
    if (answer.outcome === 'bad-request') return '400'
    return answer.outcome === 'location' ? `line ${answer.choice.winner!.line}` : '404'
  })
}

const differences = (model: Model, { text, requests, answers }: Case) =>
  predicted(model, text, requests).flatMap((answer, index) =>
    answer === answers[index]
      ? []
      : [{ request: requests[index]!, model: answer, nginx: answers[index]! }],
  )

describe('which server answers', () => {
  test('the model and nginx 1.26 agree on every request to random virtual hosts', () => {
    const wrong = cases
      .filter((one) => differences({ whoAnswers, readConfig }, one).length > 0)
      .toSorted((a, b) => a.text.length - b.text.length)
    if (!wrong[0]) return
    const first = JSON.stringify(differences({ whoAnswers, readConfig }, wrong[0])[0])
    expect.fail(
      `FUZZ_SEED=${seed}, ${wrong.length} of ${configurations}\n${wrong[0].text}\n${first}`,
    )
  })

  test('servers, refusals and closed ports are all met', () => {
    const flat = cases.flatMap(({ answers }) => answers)
    expect(flat.length).toBeGreaterThan((configurations * requestsEach) / 2)
    for (const answer of ['nobody listens', '400'])
      expect.soft(flat.filter((one) => one === answer).length, answer).toBeGreaterThan(50)
    expect(flat.filter((one) => one.startsWith('line')).length).toBeGreaterThan(flat.length / 2)
  })

  test('ranges of ports, and sockets for one family and for both, are all met', () => {
    for (const form of [
      /listen 1\d+-/,
      /listen \[::\]:\d+;/,
      /ipv6only=on/,
      /ipv6only=off/,
      /\]:\d+-/,
    ])
      expect.soft(cases.filter(({ text }) => form.test(text)).length, `${form}`).toBeGreaterThan(9)
  })

  test.each(virtualServerBugs)('$name: found within 300 configurations', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const wrong = {
        ...((await load('nginx/answer.ts')) as Pick<Model, 'whoAnswers'>),
        ...((await load('nginx/read-config.ts')) as Pick<Model, 'readConfig'>),
      }
      return cases.findIndex((one) => differences(wrong, one).length > 0)
    })
    expect(found).toBeGreaterThanOrEqual(0)
  })
})
