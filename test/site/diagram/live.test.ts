import { describe, expect, test } from 'vitest'
import { slowMotion } from '../../../.vitepress/theme/diagram/engine.ts'
import {
  hopsOf,
  labSource,
  LiveEngine,
  parseLabEvent,
  type LabEvent,
} from '../../../.vitepress/theme/diagram/live.ts'
import type { ServerState } from '../../../snippets/sim/stage.ts'
import { livePath } from '../../../.vitepress/theme/live-path.ts'

const answered = {
  kind: 'answered',
  t: 17,
  path: ['client', 'nginx', 'web1'],
  status: 200,
  ms: 12,
} as const

/** An EventSource that the test speaks through. */
function wire() {
  const opened: string[] = []
  const end = { isClosed: false }
  const source = {
    onmessage: null as ((message: { readonly data: string }) => void) | null,
    close: () => void (end.isClosed = true),
  }
  const say = (data: string) => source.onmessage?.({ data })
  return { opened, end, say, open: (url: string) => (opened.push(url), source) }
}

describe('the lab’s stream', () => {
  test('is opened at the dev server’s own address, told line by line, and closed', () => {
    const { opened, end, say, open } = wire()
    const heard: LabEvent[] = []
    const stop = labSource(open).subscribe((event) => heard.push(event))
    say('{"kind":"lab","lab":"load-balancer"}')
    say(JSON.stringify(answered))
    stop()
    expect(opened).toEqual([livePath])
    expect(heard).toEqual([{ kind: 'lab', lab: 'load-balancer' }, answered])
    expect(end.isClosed).toBe(true)
  })

  test.each([
    'not JSON',
    'null',
    '[]',
    '{"kind":"answered","path":"client","status":200,"ms":1}',
    '{"kind":"answered","path":["client",3],"status":200,"ms":1}',
    '{"kind":"server","id":"web1","state":"sleepy"}',
    '{"kind":"lab"}',
  ])('is read past what is no event: %s', (line) => {
    expect(parseLabEvent(line)).toBeUndefined()
  })
})

describe('a real answer', () => {
  test('walks its path there and back, hop after hop', () => {
    const events = hopsOf(answered, 1, 100)
    const hops = events.flatMap((e) => ('arrives' in e ? [`${e.from}>${e.to} ${e.t}`] : []))
    expect(hops).toEqual([
      'client>nginx 100',
      'nginx>web1 107',
      'web1>nginx 114',
      'nginx>client 121',
    ])
  })

  test('keeps its own latency and its status: a 404 was meant, a 502 was not', () => {
    const end = (status: number) => hopsOf({ ...answered, status }, 1, 0).at(-1)
    expect(end(404)).toMatchObject({ kind: 'ended', status: 200, ms: 12 })
    expect(end(502)).toMatchObject({ status: 502 })
    expect(end(507)).toMatchObject({ status: 500 })
  })
})

test('a lab of 20 requests a second reads as 20 a second, though the picture’s clock is slow', () => {
  const engine = new LiveEngine()
  for (let tick = 0; tick < 200; tick++) {
    engine.receive(answered)
    engine.pass(50 / slowMotion)
  }
  const { summary, answered: total } = engine.snapshot()
  expect(total).toBe(200)
  expect(summary.throughput).toBeCloseTo(20, 0)
  expect(summary.p50Ms).toBe(12)
})

test('who runs when one begins to look is not told of, until it dies and is back', () => {
  const engine = new LiveEngine()
  const tellsOf = (state: ServerState) => {
    engine.receive({ kind: 'server', id: 'redis4', state })
    return engine.pass(1).flatMap((event) => (event.kind === 'state' ? event.state : []))
  }
  expect([...tellsOf('up'), ...tellsOf('killed'), ...tellsOf('up')]).toEqual(['killed', 'up'])
})

test('a server that the lab has killed is told as killed', () => {
  const engine = new LiveEngine()
  engine.receive({ kind: 'server', id: 'web1', state: 'killed' })
  expect(engine.pass(1)).toEqual([{ kind: 'state', t: 1, at: 'web1', state: 'killed' }])
})
