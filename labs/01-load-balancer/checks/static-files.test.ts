import { expect, test } from 'vitest'
import {
  type Answer,
  createDraw,
  lab,
  type LabRequest,
  ownLifetime,
  say,
  sharedLifetime,
} from '#labs/kit'

const month = 30 * 24 * 3600
const folder = '/srv/teahouse'
const servers = ['web1', 'web2', 'web3']
const draw = createDraw(15)
const types: Readonly<Record<string, string>> = { css: 'text/css', svg: 'image/svg+xml' }
/** Of somebody who has left, or never was: a static file is the same for everybody. */
const cookie = 'teahouse_session=web1.0123456789abcdef'

const application = async () => ({ servers: await lab.running(servers), port: 3000 })

/** What lies in the folder, by nginx's own eyes: paths below it. */
async function filesIn(place: string, pattern: string): Promise<string[]> {
  const find = ['find', place, '-type', 'f', '-name', pattern]
  const { stdout } = await lab.exec('nginx', find)
  return stdout.split('\n').flatMap((path) => (path ? [path.slice(place.length + 1)] : []))
}

/** Each file in the ways that a browser asks for it. */
async function readers(): Promise<LabRequest[]> {
  const files = await filesIn(`${folder}/public`, '*')
  expect(files.length, say('files in the folder', '目录里的文件数')).toBeGreaterThan(1)
  return files.flatMap((file): LabRequest[] => {
    const path = `/public/${file}`
    return [
      { path: `${path}?v=${draw.word(8)}` },
      { path: `${path}?v=${draw.word(8)}`, headers: { cookie } },
      { path, method: 'HEAD' },
      { path },
    ].map((visit) => ({ ...visit, timeoutMs: 3000 }))
  })
}

test(
  say(
    'every file of /public/ comes from nginx, even with every web server down',
    '/public/ 的每个文件都由 nginx 返回，Web 服务器全停也一样',
  ),
  async () => {
    const visits = await readers()
    let before: readonly Answer[] = []
    const arrivals = await lab.arrivals(await application(), async () => {
      before = (await lab.send(visits)).all
      for (const [at, { status, headers }] of before.entries()) {
        const { path } = visits[at]!
        expect(status, say(`status of ${path}`, `${path} 的状态码`)).toBe(200)
        const type = types[/\.(\w+)(?:\?|$)/.exec(path)?.[1] ?? ''] ?? ''
        expect(headers['content-type'] ?? '', `Content-Type: ${path}`).toContain(type)
      }
    })
    expect(
      [...new Set(arrivals.map(({ path }) => path))],
      say('files that a web server had to answer for', '却由 Web 服务器响应的文件'),
    ).toEqual([])
    for (const server of await lab.running(servers)) await lab.refuse(server)
    const changed = (await lab.send(visits)).all.flatMap(({ status, failure, body }, at) => {
      const { method = 'GET', path } = visits[at]!
      const isSame = status === 200 && body === before[at]!.body
      return isSame ? [] : [`${method} ${path}: ${failure ?? status}`]
    })
    expect(
      changed,
      say('other answers with every web server down', 'Web 服务器全停之后变了的响应'),
    ).toEqual([])
  },
)

test(
  say('a file with ?v= may be kept for a month or longer', '带 ?v= 的文件可以缓存一个月以上'),
  async () => {
    for (const visit of (await readers()).filter(({ path }) => path.includes('?v='))) {
      const answer = (await lab.send([visit])).all[0]!
      const { expires = '-', 'cache-control': control = '-' } = answer.headers
      expect(
        Math.min(ownLifetime(answer), sharedLifetime(answer)) >= month,
        say(
          `${visit.path}: Cache-Control is "${control}", Expires "${expires}"`,
          `${visit.path}：Cache-Control 是 “${control}”，Expires 是 “${expires}”`,
        ),
      ).toBe(true)
    }
  },
)

/** Ways out of /public/, or around it. */
const doors = [
  '/public../',
  '/public/../',
  '/public/..%2f',
  '/public%2f..%2f',
  '/public/%2e%2e/',
  '/public//../',
  '/public/./../',
  '/public/x/../../',
  '/publi../',
  '/public',
  '/',
]

test(say('no path leads out of the folder', '没有路径能走出这个目录'), async () => {
  const sources = await filesIn(folder, '*.ts')
  expect(sources.length, say('files of the source', '源码文件数')).toBeGreaterThan(5)
  const files = ['server.ts', 'app.ts', ...draw.some(4, sources)]
  const tries = doors.flatMap((door) => files.map((file) => ({ path: `${door}${file}` })))
  const answers = (await lab.send(tries, { concurrency: 4 })).all
  const leaks = tries
    .filter(
      (_, at) => answers[at]!.status === 200 && /^(?:import|export) /m.test(answers[at]!.body),
    )
    .map(({ path }) => path)
  expect(leaks, say('paths that give away the source of the forum', '泄露论坛源码的路径')).toEqual(
    [],
  )
})

test(say("the forum's own files are still the forum's", '论坛自己的文件仍然归论坛'), async () => {
  const paths = ['/robots.txt', '/api/report.txt', '/api/topics.json', '/avatars/nobody']
  const arrivals = await lab.arrivals(await application(), async () => {
    for (const path of paths.slice(0, -1)) {
      const answer = await lab.request(path)
      expect(answer.status, say(`status of ${path}`, `${path} 的状态码`)).toBe(200)
    }
    await lab.request(paths.at(-1)!)
  })
  expect(
    paths.filter((path) => !arrivals.some((one) => one.path === path)),
    say('files for which the forum was not asked', '没有去问论坛的文件'),
  ).toEqual([])
})
