import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Heard, LiveRoute } from '../../../.vitepress/config/live-lab/live-route.ts'
import type { LabEvent } from '../../../.vitepress/theme/diagram/live.ts'
import type { Lab } from '../../../labs/catalog/catalog.ts'
import { drawn, strayHops } from './stage-lines.ts'

const said = (server: string, text: string): Heard => ({ kind: 'said', server, text })
const asked = (server: string, asker = '10.201.1.9') =>
  said(server, `GET /topics/3 200 4.1ms ${asker}`)

const oneFront = { front: { service: 'nginx', port: 80, host: '' }, scale: ['web1', 'web2'] }

describe('a line of a web server’s log', () => {
  const route = new LiveRoute(oneFront)

  test('becomes the way of an answer through the front', () => {
    expect(route.hear(asked('web1'), 7)).toEqual({
      kind: 'answered',
      t: 7,
      path: ['client', 'nginx', 'web1'],
      status: 200,
      ms: 4.1,
    })
  })

  test('of the front itself has one hop', () => {
    const alone = new LiveRoute({ ...oneFront, scale: [] })
    const event = alone.hear(said('nginx', 'POST /login 303 12.0ms 127.0.0.1'), 0)
    expect(event).toMatchObject({ path: ['client', 'nginx'], status: 303 })
  })

  test.each(['GET /healthz 200 0.1ms 127.0.0.1', 'listening on port 3000', ''])(
    'that is no visit is passed over: “%s”',
    (text) => expect(route.hear(said('web1', text), 0)).toBeUndefined(),
  )
})

describe('a lab whose picture has other names', () => {
  const route = new LiveRoute({
    front: { service: '192.0.2.100', port: 80, host: '' },
    scale: [],
    route: [
      [{ node: 'lvs1' }, { node: 'lvs2' }],
      [{ node: 'nginx1', server: 'door', address: '10.77.0.11' }],
      [{ node: 'web1' }],
    ],
  })
  const pathOf = (heard: Heard) => (route.hear(heard, 0) as { path?: readonly string[] })?.path

  test('is drawn under these, by way of whoever has the front’s address and of whom the log names', () => {
    expect(pathOf(asked('web1', '10.77.0.11'))).toEqual(['client', 'lvs1', 'nginx1', 'web1'])
    route.hear({ kind: 'holds', server: 'lvs2' }, 0)
    expect(pathOf(asked('web1', '10.77.0.11'))).toEqual(['client', 'lvs2', 'nginx1', 'web1'])
  })

  test('draws nothing for a request that came past the route', () => {
    expect(route.hear(asked('web1', '10.77.0.99'), 0)).toBeUndefined()
  })

  test.each([
    ['running', 'up'],
    ['paused', 'cut'],
    ['exited', 'killed'],
    ['missing', 'killed'],
  ] as const)('shows a server that is %s as %s', (state, shown) => {
    const event = { kind: 'server', id: 'nginx1', state: shown }
    expect(route.hear({ kind: 'is', server: 'door', state }, 0)).toEqual(event)
  })
})

/** Each way that an answer of this lab may be told to have come. */
function everyAnswer(lab: Lab): readonly LabEvent[] {
  const route = new LiveRoute(lab)
  const askers = (lab.route ?? []).flat().flatMap(({ address }) => address ?? [])
  const holders = route.holders.length > 0 ? route.holders : ['']
  return holders.flatMap((server) => {
    route.hear({ kind: 'holds', server }, 0)
    return route.tellers.flatMap((teller) =>
      (askers.length > 0 ? askers : [undefined]).flatMap(
        (asker) => route.hear(asked(teller, asker), 0) ?? [],
      ),
    )
  })
}

/** Services of our Compose file and of the reader's. */
function serversOf({ folder }: Lab): readonly string[] {
  const files = ['compose.yaml', 'solution/compose.yaml'].flatMap((file) => {
    try {
      return [readFileSync(join(folder, file), 'utf8')]
    } catch {
      return []
    }
  })
  return files.flatMap((text) => Object.keys((parse(text) as { services: object }).services))
}

describe.each(drawn)('of lab $lab.slug', ({ lab, stage }) => {
  test('every hop is a line of its picture', () => {
    expect(everyAnswer(lab)).not.toEqual([])
    expect(strayHops(stage, everyAnswer(lab)).join(', ')).toBe('')
  })

  test('the route names servers that it has, and every web server on the picture tells', () => {
    const servers = serversOf(lab)
    const { tellers, holders } = new LiveRoute(lab)
    const named = (lab.route ?? []).flat().flatMap(({ node, server = node }) => server ?? [])
    expect(servers).toEqual(expect.arrayContaining([...tellers, ...holders, ...named]))
    const webServers = stage.nodes.filter(({ id, tier }) => tier === 'app' && servers.includes(id))
    expect(tellers).toEqual(expect.arrayContaining(webServers.map(({ id }) => id)))
  })
})

test('a hop for which the picture has no line is told by its name', () => {
  const { lab, stage } = drawn.find(({ lab: { slug } }) => slug === 'cache-tier')!
  expect(strayHops(stage, everyAnswer({ ...lab, route: undefined }))).toEqual([
    'client>edge',
    'edge>web1',
    'edge>web2',
  ])
})
