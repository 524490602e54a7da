import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(
  say('web3 answers as much as the two others together', 'web3 回答的请求与另外两台之和相当'),
  async () => {
    // One at a time, turns by weight are exact, whoever is slow; lots (`random`) show their weights
    // in a larger sample. `random two` is refused: of two servers it takes the less busy one, so
    // the share of web3 falls towards a third as the load does.
    let counted = await count(360, 1)
    if (!isHalf(counted.web3, 360, 3)) counted = await count(600, 6)
    const { web1, web2, web3 } = counted
    expect(
      isHalf(web3, web1 + web2 + web3, 5),
      say(`web1 ${web1}, web2 ${web2}, web3 ${web3}`, `web1 ${web1}，web2 ${web2}，web3 ${web3}`),
    ).toBe(true)
  },
)

async function count(requests: number, concurrency: number) {
  const answers = await lab.requests(requests, '/whoami', { concurrency })
  expect(answers.failed, say('requests without a good answer', '没有得到正常回答的请求')).toEqual(
    [],
  )
  const { web1 = 0, web2 = 0, web3 = 0 } = answers.servedBy()
  return { web1, web2, web3 }
}

/** Half, give or take some standard deviations of chance. A third is 6 of them away in 360, 8 in 600. */
const isHalf = (part: number, whole: number, deviations: number) =>
  Math.abs(part - whole / 2) <= deviations * Math.sqrt(whole / 4)

const form = { 'content-type': 'application/x-www-form-urlencoded' }

test(say('whoever signs in stays signed in', '登录之后一直保持登录'), async () => {
  const forgotten: string[] = []
  for (const name of ['Lu Yu', 'Sen no Rikyu', 'Okakura', 'Mei']) {
    const entry = await lab.request('/signin', {
      method: 'POST',
      headers: form,
      body: `name=${encodeURIComponent(name)}`,
    })
    const cookie = entry.cookies.find((one) => one.startsWith('teahouse_session='))?.split(';')[0]
    expect(
      cookie,
      say(
        `cookie after signing in (status ${entry.status})`,
        `登录后的 cookie（状态码 ${entry.status}）`,
      ),
    ).toBeDefined()
    const visits = await lab.requests(10, '/whoami', { headers: { cookie: cookie! } })
    const users = visits.all.map(({ body }) => userIn(body))
    if (users.some((user) => user !== name)) forgotten.push(name)
  }
  expect(
    forgotten,
    say('signed in, and taken for strangers on a later page', '登录了，却在之后的页面被当成陌生人'),
  ).toEqual([])
})

function userIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { user?: unknown }).user
  } catch {
    return undefined
  }
}
