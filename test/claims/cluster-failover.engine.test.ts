import { expect } from 'vitest'
import { addressOf, clusterSettings, said, untilState } from './cluster.ts'
import { openRedises, type RedisServer } from './redis-servers.ts'
import { patience } from './server.ts'
import { topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

const settings = [
  ...clusterSettings,
  '--cluster-replica-validity-factor 0',
  // They share a folder: what a copy is sent has a file of its own.
  '--dbfilename dump-$port.rdb',
  '--repl-diskless-sync-delay 0',
]

interface Pair {
  readonly master: RedisServer
  readonly copy: RedisServer
}

const roleOf = async ({ redis }: RedisServer) => String((await redis.role())[0])

async function pairsOf(nodes: readonly RedisServer[]): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (const master of nodes) {
    const [role, , copies] = (await master.redis.role()) as [string, number, string[][]]
    if (role !== 'master') continue
    const [, port] = copies[0] ?? []
    const copy = nodes.find((node) => `${node.port}` === port)
    if (copy && (await copy.redis.info('replication')).includes('master_link_status:up'))
      pairs.push({ master, copy })
  }
  return pairs
}

/** Three masters, each with a copy; quick to believe one dead from now on. */
async function threePairs(): Promise<readonly Pair[]> {
  const nodes = await start(6, ...settings)
  const create = ['redis-cli', '--cluster', 'create', ...nodes.map(addressOf), '--cluster-yes']
  const { output } = await nodes[0]!.attempt(...create, '--cluster-replicas', '1')
  expect(output).toContain('[OK] All 16384 slots covered.')
  await untilState(nodes, 'ok')
  await expect.poll(async () => (await pairsOf(nodes)).length, patience).toBe(3)
  const pairs = await pairsOf(nodes)
  for (const page of topics(300)) {
    const answers = await Promise.all(
      pairs.map(({ master }) => said(master.redis.set(page, 'kept'))),
    )
    expect(answers).toContain('OK')
  }
  for (const { redis } of nodes) await redis.config('SET', 'cluster-node-timeout', '5000')
  return pairs
}

const untilPromoted = ({ copy }: Pair) => expect.poll(() => roleOf(copy), patience).toBe('master')

const votesOf = async ({ master }: Pair) =>
  Number(
    /^cluster_stats_messages_auth-ack_sent:(\d+)/m.exec(await master.redis.cluster('INFO'))?.[1] ??
      0,
  )

claim(
  'a-cluster-promotes-by-itself',
  'Redis Cluster needs no Sentinel: one of three masters dies, the other two vote, and its copy takes over its slots; with two of three away there is no majority, and no copy is promoted',
  async ({ figure }) => {
    const [dying, ...left] = await threePairs()
    expect(await Promise.all(left.map(votesOf))).toEqual([0, 0])
    const begun = performance.now()
    await dying!.master.signal('KILL')
    await untilPromoted(dying!)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    const alive = [dying!.copy, ...left.map(({ master }) => master)]
    await untilState(alive, 'ok')
    const votes = (await Promise.all(left.map(votesOf))).reduce((sum, count) => sum + count, 0)
    expect(votes).toBeGreaterThanOrEqual(2)
    let found = 0
    for (const page of topics(300)) {
      const answers = await Promise.all(alive.map(({ redis }) => said(redis.get(page))))
      found += answers.filter((answer) => answer === 'kept').length
    }
    expect(found).toBe(300)

    const [one, two, three] = await threePairs()
    await one!.master.shell(`kill -STOP ${one!.master.pid} ${two!.master.pid}`)
    await untilState([three!.master], 'fail')
    expect(await Promise.all([one!, two!].map(({ copy }) => roleOf(copy)))).toEqual([
      'slave',
      'slave',
    ])
    await two!.master.signal('CONT')
    await untilPromoted(one!)
    expect(await roleOf(two!.copy)).toBe('slave')
    figure({
      en: `Node timeout 5 s, one of three masters killed: its copy is master ${seconds} s later, by ${votes} votes, and all ${found} of 300 keys are answered; two of three away: nobody, until one of them is back`,
      zh: `节点超时 5 秒，三个主里杀掉一个：${seconds} 秒之后它的副本凭 ${votes} 票升为主，300 个键 ${found} 个都有答复；三个里少了两个：谁也不升，直到回来一个`,
    })
  },
)
