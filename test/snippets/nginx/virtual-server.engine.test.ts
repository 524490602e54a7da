import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { readConfig } from '../../../snippets/nginx/read-config.ts'
import { makeRequest, makeServers, type MadeRequest } from './generated-servers.ts'
import { withBug, type Bug } from './planted-bugs.ts'
import { askRaw, type RawAnswer } from '../../real/raw-http.ts'
import { takeEngine } from '../../real/engine.ts'
import { withNginx } from './real-nginx.ts'
import { fuzzSeed, Seeded } from './seeded.ts'

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
  const answers = await withNginx(engine, http.join('\n'), ({ port }) =>
    askRaw(
      port,
      asked.flatMap(({ requests }) => requests.map(asText)),
    ),
  )
  cases = asked.map((one) => ({
    ...one,
    answers: answers.splice(0, one.requests.length).map(inShort),
  }))
})
afterAll(() => engine?.release())

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

const bugs: readonly Bug[] = [
  {
    name: 'names are asked in the order of the file',
    file: 'nginx/choose-virtual-server.ts',
    find: 'rank[a.name.kind] - rank[b.name.kind] ||',
    replace: '0 *',
  },
  {
    name: 'the first wildcard wins, not the longest',
    file: 'nginx/choose-virtual-server.ts',
    find: '|| lengthOf(b.name) - lengthOf(a.name)',
    replace: '',
  },
  {
    name: 'the first server is the default, whatever default_server says',
    file: 'nginx/choose-virtual-server.ts',
    find: '(saysSo ?? found[0])',
    replace: '(found[0] ?? saysSo)',
  },
  {
    name: 'who listens on * is asked, too, where an address is named',
    file: 'nginx/choose-virtual-server.ts',
    find: 'named.length > 0 ? named : on(everywhere)',
    replace: '[...named, ...on(everywhere)]',
  },
  {
    name: 'the later of two equal names counts',
    file: 'nginx/choose-virtual-server.ts',
    find: 'if (taken.has(wish)) return false',
    replace: 'if (taken.has(wish)) return true',
  },
  {
    name: '*.example.org is example.org, too',
    file: 'nginx/server-name.ts',
    find: '(name.andItself && host',
    replace: '(host',
  },
  {
    name: 'the port is part of the host',
    file: 'nginx/server-name.ts',
    find: "header.split(':', 1)[0]!",
    replace: 'header',
  },
  {
    name: 'the host’s upper case counts',
    file: 'nginx/server-name.ts',
    find: "replace(/\\.$/, '').toLowerCase()",
    replace: "replace(/\\.$/, '')",
  },
  {
    name: 'merge_slashes is that of the server which answers',
    file: 'nginx/answer.ts',
    find: "chooseVirtualServer(servers, request.socket, '')",
    replace:
      "chooseVirtualServer(servers, request.socket, normaliseHost(request.host) ?? '') && { defaultServer: chooseVirtualServer(servers, request.socket, normaliseHost(request.host) ?? '')!.server }",
  },
]

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
    expect(flat).toHaveLength(configurations * requestsEach)
    for (const answer of ['nobody listens', '400'])
      expect.soft(flat.filter((one) => one === answer).length, answer).toBeGreaterThan(50)
    expect(flat.filter((one) => one.startsWith('line')).length).toBeGreaterThan(flat.length / 2)
  })

  test.each(bugs)('$name: found within 300 configurations', async (bug) => {
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
