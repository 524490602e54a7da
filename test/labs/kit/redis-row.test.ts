import { describe, expect, test } from 'vitest'
import { createDraw } from '../../../labs/kit/draw.ts'
import {
  commandsDuring,
  countHomes,
  expectOneHomeEach,
  homesOf,
  sharesAfterReading,
  tellServers,
} from '../../../labs/kit/redis-row.ts'
import { cookieOf, lackingOf, replyBy } from '../../../labs/kit/replies.ts'
import { Answers } from '../../../labs/kit/answers.ts'
import type { Answer, LabRequest } from '../../../labs/runtime/runtime.ts'

const said = (stdout: string) => Promise.resolve({ exitCode: 0, stdout, stderr: '' })

describe('homes', () => {
  const keys: Readonly<Record<string, string>> = {
    redis1: 'page:topic:7\nteahouse:{topic:71}:page\nlogins\npage:topics\n',
    redis2: 'page:topic:7\npage:front\n',
  }
  const lab = { exec: (server: string) => said(keys[server]!) }

  test('are those whose keys have the name in them, whatever else stands there', async () => {
    const pages = ['/topics/7', '/topics/71', '/topics/1', '/']
    const found = await homesOf(lab, ['redis1', 'redis2'], pages)
    expect([...found]).toEqual([
      ['/topics/7', ['redis1', 'redis2']],
      ['/topics/71', ['redis1']],
      ['/topics/1', []],
      ['/', ['redis2']],
    ])
    expect(countHomes(found, ['redis1', 'redis2'])).toEqual([2, 2])
  })

  test('cannot be told by a Redis that does not answer: no verdict', async () => {
    const dead = { exec: () => Promise.resolve({ exitCode: 1, stdout: '', stderr: 'no server' }) }
    await expect(homesOf(dead, ['redis1'], [])).rejects.toThrow('no server')
  })
})

test('of twenty pages one may have no home or several, and no more', () => {
  const homes = (strays: readonly string[][]) =>
    new Map(
      Array.from({ length: 20 }, (_, page) => [`/topics/${page}`, strays[page] ?? ['redis1']]),
    )
  expect(() => expectOneHomeEach(homes([['redis1', 'redis2']]))).not.toThrow()
  expect(() => expectOneHomeEach(homes([['redis1', 'redis2'], []]))).toThrow('in several')
})

test('shares are counted once all pages are read, by the names without their weights', async () => {
  const keys: Record<string, string> = { redis1: 'old:topic:9\n', redis2: 'old:topic:9\n' }
  const told: string[] = []
  const lab = {
    exec(server: string, command: readonly string[]) {
      if (command.includes('FLUSHALL')) keys[server] = ''
      if (command.length > 3) told.push(`${server} ${command.at(-1)}`)
      return said(keys[server] ?? '')
    },
    send(requests: readonly LabRequest[]) {
      for (const { path } of requests)
        keys[path === '/topics/3' ? 'redis1' : 'redis2'] += `page:topic:${path.slice(8)}\n`
      const answer = { status: 200, headers: {}, cookies: [], body: '', ms: 1 }
      return Promise.resolve(new Answers(requests.map(() => answer)))
    },
    stop: () => Promise.resolve(),
    start: () => Promise.resolve(),
  }
  const pages = ['/topics/3', '/topics/4', '/topics/5']
  const shares = await sharesAfterReading(lab, {
    webServers: ['web1', 'web2'],
    told: ['redis1', 'redis2*2'],
    pages,
    draw: createDraw(1),
  })
  expect(shares).toEqual({ redis1: 1, redis2: 2 })
  expect(told.map((one) => one.split(' ')[0])).toEqual(['web1', 'web2'])
})

test('commands are those about data, as Redis counted them; pings are none', async () => {
  let [gets, life] = [40, 'ab']
  const lab = {
    exec: () =>
      said(
        `run_id:${life}\nserver_time_usec:5\ncmdstat_get:calls=${gets},usec=1\ncmdstat_ping:calls=${9 * gets},usec=1\ncmdstat_config|get:calls=${gets}\ncmdstat_eval:calls=${2 * gets},usec=9\n`,
      ),
  }
  const asked = (work: () => unknown) =>
    commandsDuring(lab, ['redis1'], () => Promise.resolve(work()))
  expect(await asked(() => (gets += 7))).toEqual({ redis1: 21 })
  // Whoever begins anew has counted from nothing.
  expect(await asked(() => ([gets, life] = [5, 'cd']))).toEqual({ redis1: 15 })
})

test('who is told of a new list is started again, and who knows it already is not', async () => {
  const files: Record<string, string> = { web1: 'redis://redis1,redis2\n' }
  const done: string[] = []
  const lab = {
    exec(web: string, command: readonly string[]) {
      if (command.length > 3) files[web] = command.at(-1)!
      return said(files[web] ?? '')
    },
    stop: (web: string) => Promise.resolve(void done.push(`stop ${web}`)),
    start: (web: string) => Promise.resolve(void done.push(`start ${web} with ${files[web]}`)),
  }
  await tellServers(lab, { web1: ['redis1', 'redis2'], web2: ['redis2*2', 'redis1'] })
  expect(done).toEqual(['stop web2', 'start web2 with redis://redis2*2,redis1'])
})

test('groups are told by a list of their own', async () => {
  const written: string[] = []
  const lab = {
    exec(web: string, command: readonly string[]) {
      if (command.length > 3) written.push(`${web} ${command[2]} ${command.at(-1)}`)
      else expect(command.at(-1)).toBe('cat /tmp/near-url 2>/dev/null || echo "$NEAR_URL"')
      return said('')
    },
    stop: () => Promise.resolve(),
    start: () => Promise.resolve(),
  }
  await tellServers(lab, { web1: ['near1'] }, 'NEAR_URL')
  expect(written).toEqual(['web1 echo "$1" > /tmp/near-url redis://near1'])
})

test('a reply is lacking where one of several readings has not got it', async () => {
  let web2 = 0
  const answer = ({ to }: LabRequest): Answer => {
    const isOld = to === 'web2' && ++web2 === 2
    return { status: 200, headers: {}, cookies: [], body: isOld ? 'old' : 'a new word', ms: 1 }
  }
  const lab = {
    send: (requests: readonly LabRequest[]) => Promise.resolve(new Answers(requests.map(answer))),
  }
  const written = new Map([['/topics/3', 'new']])
  expect(await lackingOf(lab, written, ['web1', 'web2'], 1)).toEqual([])
  expect(await lackingOf(lab, written, ['web1', 'web2'], 2)).toEqual(['/topics/3 web2'])
})

test('a reply is sent by whoever has the cookie, to the server that is asked', async () => {
  const sent: string[] = []
  const lab = {
    request(path: string, { to, method, headers, body }: Omit<LabRequest, 'path'>) {
      sent.push([method, to, path, headers?.cookie, body].join(' '))
      return Promise.resolve({ status: 303, headers: {}, cookies: [], body: '', ms: 1 })
    },
  }
  expect((await replyBy(lab, 'tea=1', '/topics/3', 'word', 'web2')).status).toBe(303)
  expect(sent).toEqual(['POST web2 /topics/3/replies tea=1 body=word'])
})

test('who cannot sign in has no cookie, and that is said', async () => {
  const lab = (cookie: string | undefined) => ({ signIn: () => Promise.resolve(cookie) })
  expect(await cookieOf(lab('tea=1'), 'web1')).toBe('tea=1')
  await expect(cookieOf(lab(undefined), 'web1')).rejects.toThrow('a sign-in at web1')
})
