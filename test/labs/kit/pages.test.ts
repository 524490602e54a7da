import { expect, test } from 'vitest'
import { Answers } from '../../../labs/kit/answers.ts'
import { areKept, inTurn, loadsDuring, readPages, untilKept } from '../../../labs/kit/pages.ts'
import type { LabRequest } from '../../../labs/runtime/runtime.ts'

function labThatAnswers(status: number) {
  const sent: LabRequest[] = []
  const answer = { headers: {}, cookies: [], body: '', ms: 1 }
  const send = (requests: readonly LabRequest[]) => {
    sent.push(...requests)
    return Promise.resolve(new Answers(requests.map(() => ({ ...answer, status }))))
  }
  return { sent, lab: { send } }
}

test('pages are asked for at the servers in turn, from the first or from another', async () => {
  const { lab, sent } = labThatAnswers(200)
  await readPages(lab, ['/a', '/b', '/c'], inTurn(['web1', 'web2']))
  await readPages(lab, [{ path: '/d', headers: { cookie: 'x' } }], inTurn(['web1', 'web2'], 1))
  expect(sent.map(({ path, to }) => `${path} ${to}`)).toEqual([
    '/a web1',
    '/b web2',
    '/c web1',
    '/d web2',
  ])
  expect(sent.at(-1)).toMatchObject({ headers: { cookie: 'x' }, port: 3000 })
})

test('a page that is not answered well is said', async () => {
  await expect(readPages(labThatAnswers(503).lab, ['/a'], () => 'web1')).rejects.toThrow(
    'pages without a good answer',
  )
})

test('loads are those of the pages asked about, as often as they were', async () => {
  const load = (id: number) => `SELECT t.*, 1 FROM topics t WHERE t.id = ${id}`
  const lab = {
    async questions(_: unknown, work: () => Promise<unknown>) {
      await work()
      return [load(3), load(4), load(3)]
    },
  }
  let worked = 0
  const work = () => Promise.resolve((worked += 1))
  const log = { server: 'db', file: '/tmp/questions.log' }
  expect(await loadsDuring(lab, log, ['/topics/3'], work)).toEqual(['/topics/3', '/topics/3'])
  expect(worked).toBe(1)
})

test.each([
  ['one home', true],
  ['a home of its own at each server', false],
])('pages are kept by all where they have %s', async (_, isShared) => {
  const kept = new Set<string>()
  let loads: string[] = []
  const lab = {
    send(requests: readonly LabRequest[]) {
      for (const { path, to } of requests) {
        const key = isShared ? path : `${path} ${to}`
        // The second server forgets at once what it has for itself.
        if (!kept.has(key)) loads.push(`SELECT t.*, 1 FROM topics t WHERE t.id = ${path.slice(8)}`)
        if (isShared || to === 'web1') kept.add(key)
      }
      const answer = { status: 200, headers: {}, cookies: [], body: '', ms: 1 }
      return Promise.resolve(new Answers(requests.map(() => answer)))
    },
    async questions(_: unknown, work: () => Promise<unknown>) {
      loads = []
      await work()
      return loads
    },
  }
  const log = { server: 'db', file: '/tmp/questions.log' }
  const pages = ['/topics/3', '/topics/4']
  expect(await areKept(lab, { log, pages, servers: ['web1', 'web2'] })).toBe(isShared)
  expect(await untilKept(lab, { log, pages, servers: ['web1', 'web2'] }, 50)).toBe(isShared)
})
