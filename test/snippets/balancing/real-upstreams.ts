import { vi } from 'vitest'
import { printUpstream } from '../../../snippets/balancing/print-upstream.ts'
import type { Reaction } from '../../../snippets/balancing/pass-request.ts'
import { askRaw, type RawAnswer } from '../../real/raw-http.ts'
import { alive, shortName, type Request, type Traffic } from './traffic.ts'

/** What nginx did with one request. */
export interface Observed {
  /** The servers that it tried, in order. */
  readonly tried: readonly string[]
  readonly outcome: 'answered' | 'gave-up' | 'no-live-servers'
  /** nginx's clock, whole seconds, at the beginning and at the end. */
  readonly fromS: number
  readonly toS: number
}

/**
 * The peers are servers of the same nginx. Each reads in the request how to react: a port number
 * with `e` hangs up, with `s` answers 503, with `a` 404. On /hold a peer waits for the request's body.
 */
export const peers = [
  ...alive.map((name) => {
    const port = shortName(name)
    return `server { listen ${name};
      if ($http_x_reactions ~ ${port}e) { return 444; }
      if ($http_x_reactions ~ ${port}s) { return 503; }
      if ($http_x_reactions ~ ${port}a) { return 404; }
      location / { return 200 ok; }
      location /hold { proxy_pass http://127.0.0.1:9100; } }`
  }),
  'server { listen 127.0.0.1:9100; return 200 ok; }',
].join('\n')

const front = `
  set_real_ip_from 0.0.0.0/0;
  real_ip_header X-Client;
  server { listen 80;
    proxy_next_upstream error timeout http_503 http_404;
    add_header X-Tried $upstream_addr always;
    add_header X-Ended $msec always;
    add_header X-Took $request_time always;
    location / { proxy_pass http://$http_x_upstream; }
    location = /clock { return 204; }
    location /hold {
      proxy_request_buffering off;
      proxy_http_version 1.1;
      proxy_pass http://$http_x_upstream;
    }
  }`

/** One nginx with all these upstreams: u0, u1, … */
export const configuration = (all: readonly Pick<Traffic, 'upstream' | 'hasZone'>[]): string =>
  [
    'variables_hash_max_size 4096;',
    ...all.map(({ upstream, hasZone }, index) =>
      printUpstream(`u${index}`, upstream, { key: '$http_x_key', hasZone }),
    ),
    peers,
    front,
  ].join('\n')

/** The traffic comes in so many parts, each in a later second of nginx's clock than the one before. */
const parts = 5

/** Sends everybody's first request, then everybody's second, so that time passes for all. */
export async function observe(port: number, all: readonly Traffic[]): Promise<Observed[][]> {
  const rounds = Math.max(...all.map(({ requests }) => requests.length))
  const order = Array.from({ length: rounds }, (_, round) =>
    all.flatMap(({ requests }, index) => (requests[round] ? [{ index, round }] : [])),
  ).flat()
  const texts = order.map(({ index, round }) => asText(index, all[index]!.requests[round]!))
  const answers: RawAnswer[] = []
  const length = Math.ceil(texts.length / parts)
  for (let from = 0; from < texts.length; from += length) {
    answers.push(...(await askRaw(port, texts.slice(from, from + length))))
    const last = secondOf(answers.at(-1)!)
    await vi.waitUntil(async () => (await secondNow(port)) > last, {
      timeout: 10_000,
      interval: 50,
    })
  }
  const observed: Observed[][] = all.map(() => [])
  for (const [at, { index }] of order.entries()) observed[index]!.push(read(answers[at]!))
  return observed
}

const secondOf = ({ headers }: RawAnswer) => Math.floor(Number(headers['x-ended']))

async function secondNow(port: number): Promise<number> {
  const [answer] = await askRaw(port, ['GET /clock HTTP/1.1\r\nHost: test\r\n\r\n'])
  return secondOf(answer!)
}

const letters: Readonly<Record<Reaction, string>> = {
  ...{ ok: 'o', error: 'e', status: 's', absent: 'a' },
}

function asText(index: number, { client, key, reactions }: Request): string {
  const told = Object.entries(reactions).map(([name, it]) => `${shortName(name)}${letters[it]}`)
  return [
    'GET / HTTP/1.1',
    'Host: test',
    `X-Upstream: u${index}`,
    `X-Client: ${client}`,
    `X-Key: ${key}`,
    `X-Reactions: ${told.join(' ')}`,
    '\r\n',
  ].join('\r\n')
}

/** After the last server, nginx names the upstream itself when nobody was left to ask. */
function read({ status, headers }: RawAnswer): Observed {
  const tried = (headers['x-tried'] ?? '').split(', ')
  const isLive = !/^u\d+$/.test(tried.at(-1)!)
  const ended = Number(headers['x-ended'])
  return {
    tried: isLive ? tried : tried.slice(0, -1),
    outcome: !isLive ? 'no-live-servers' : status === 502 ? 'gave-up' : 'answered',
    fromS: Math.floor(ended - Number(headers['x-took']) + 1e-6),
    toS: Math.floor(ended),
  }
}
