import { expect, test } from 'vitest'
import { createDraw, drawVisits, form, lab, type LabRequest, say } from '#labs/kit'

const servers = ['web1', 'web2', 'web3']
const signIn = { path: '/signin', method: 'POST', headers: form, body: 'name=Lu+Yu' }
const visits = [...drawVisits(createDraw(11)), signIn]
const nameOf = ({ method = 'GET', path }: Pick<LabRequest, 'method' | 'path'>) =>
  `${method} ${path}`

test(say('every request is answered', '每个请求都得到响应'), async () => {
  const all = [visits, visits, visits].flat()
  const answers = await lab.send(all, { concurrency: 4 })
  expect(answers.failed, say('requests without a good answer', '没有得到正常响应的请求')).toEqual(
    [],
  )
})

test(
  say(
    'web1 and web2 share the requests evenly, whatever is asked for',
    '不管请求什么，web1 和 web2 都平分',
  ),
  async () => {
    // Round robin is exact and decided at once; chance (`random two`) gets a larger sample, of which
    // web3 may have half: 40 % of what is left are 3.5 standard deviations from half, and a third 2.4
    // more. So far from half it is once in 2000 times, and not twice.
    const isOdd = async (visit: LabRequest) => uneven(await shares([visit], 600), 40)
    const inDoubt = uneven(await shares(visits, 24), 40)
    const odd: typeof inDoubt = []
    for (const visit of inDoubt) {
      if ((await isOdd(visit)).length > 0) odd.push(...(await isOdd(visit)))
      if (odd.length > 0) break
    }
    expect(
      odd.map((one) => one.told),
      say('shared unevenly', '分得不均的请求'),
    ).toEqual([])
  },
)

interface Share {
  readonly visit: LabRequest
  readonly web1: number
  readonly web2: number
}

/** How many of `count` requests of each kind the servers have got, by their own logs. */
async function shares(kinds: readonly LabRequest[], count: number): Promise<Share[]> {
  const requests = kinds.flatMap((visit) => Array.from({ length: count }, () => visit))
  const running = await lab.running(servers)
  const arrivals = await lab.arrivals({ servers: running, port: 3000 }, () =>
    lab.send(requests, { concurrency: 4, bodies: false }),
  )
  return kinds.map((visit) => {
    const own = arrivals.filter((one) => nameOf(one) === nameOf(visit))
    const at = (name: string) => own.filter(({ server }) => server === name).length
    return { visit, web1: at('web1'), web2: at('web2') }
  })
}

/** Those of which one of the two has less than `least` percent. */
function uneven(all: readonly Share[], least: number) {
  return all
    .filter(({ web1, web2 }) => (100 * Math.min(web1, web2)) / (web1 + web2 || 1) < least)
    .map(({ visit, web1, web2 }) => ({
      ...visit,
      told: `${nameOf(visit)}: web1 ${web1}, web2 ${web2}`,
    }))
}

test(say('the pages of the forum arrive, too', '论坛的页面也能打开'), async () => {
  const answer = await lab.request('/')
  expect(answer.status, say('status of /', '/ 的状态码')).toBe(200)
  expect(answer.body, say('the page at /', '/ 的页面')).toContain('Teahouse')
})
