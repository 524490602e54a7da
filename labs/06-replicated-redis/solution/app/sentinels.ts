import { Redis } from 'ioredis'
import { type Half, halves, sentinels } from './servers.ts'

/** What one Sentinel says of a half. */
interface Word {
  readonly master: string
  /** Of two that contradict each other, the one from the later failover is right. */
  readonly epoch: number
  readonly isMasterDown: boolean
  readonly copies: readonly Copy[]
}
interface Copy {
  readonly name: string
  /** It answers, and its link to the master is up: it could take over with all that it was given. */
  readonly isUp: boolean
}

export type Watch = ReturnType<typeof watchSentinels>

/** Asks all Sentinels, again and again, each for itself: whoever is dead keeps nobody waiting. */
export function watchSentinels() {
  const watched = sentinels.map((host) => ({ redis: open(host), said: new Map<string, Word>() }))
  const masters = new Map<string, string>()
  /** Who has been in step with the master. With the next one they have to begin anew. */
  const inStep = new Map<string, { readonly master: string; readonly copies: Set<string> }>()

  async function ask({ redis, said }: (typeof watched)[number], half: Half): Promise<void> {
    try {
      said.set(half.name, await wordOf(redis, half.name))
    } catch {
      // What it said before may be old by now.
      said.delete(half.name)
    }
    seeWhoIsInStep(half, said.get(half.name))
  }

  /** By the master's name: whoever promotes a copy has the new epoch a moment before the new name. */
  function seeWhoIsInStep(half: Half, word: Word | undefined): void {
    const latest = latestOf(half)
    if (latest?.master !== inStep.get(half.name)?.master) inStep.delete(half.name)
    if (!latest || word?.epoch !== latest.epoch) return
    const { master } = latest
    const { copies } = inStep.get(half.name) ?? { copies: new Set<string>() }
    for (const copy of word.copies) if (copy.isUp) copies.add(copy.name)
    inStep.set(half.name, { master, copies })
  }
  for (const one of watched)
    setInterval(() => halves.forEach((half) => void ask(one, half)), 200).unref()

  const wordsOf = ({ name }: Half) => watched.flatMap(({ said }) => said.get(name) ?? [])
  const latestOf = (half: Half) => wordsOf(half).sort((a, b) => b.epoch - a.epoch)[0]
  const isMost = (words: readonly Word[]) => words.length > sentinels.length / 2
  const seesNobodyBut = (master: string) => (word: Word) =>
    word.master === master && !word.isMasterDown && !word.copies.some(({ isUp }) => isUp)

  return {
    /** Where no Sentinel answers, the last that one has named. */
    masterOf(half: Half): string {
      const latest = latestOf(half)
      if (latest) masters.set(half.name, latest.master)
      return masters.get(half.name) ?? half.redis[0]
    },
    /** Whoever was master yesterday has old pages: it is no copy before it has been in step. */
    isCopy(half: Half, name: string): boolean {
      const seen = inStep.get(half.name)
      return seen?.master === latestOf(half)?.master && seen?.copies.has(name) === true
    },
    /** As far as they were heard last. */
    seemsAlone: (half: Half, master: string) => isMost(wordsOf(half).filter(seesNobodyBut(master))),
    /** Most of them, asked now, see this master, and no copy that could take its place. */
    async isAlone(half: Half, master: string): Promise<boolean> {
      await Promise.all(watched.map((one) => ask(one, half)))
      return isMost(wordsOf(half).filter(seesNobodyBut(master)))
    },
  }
}

async function wordOf(redis: Redis, half: string): Promise<Word> {
  const [about, copies] = await Promise.all([
    redis.call('SENTINEL', 'MASTER', half) as Promise<string[]>,
    redis.call('SENTINEL', 'REPLICAS', half) as Promise<string[][]>,
  ])
  const master = fieldsOf(about)
  return {
    master: master.ip!,
    epoch: Number(master['config-epoch']),
    isMasterDown: /[so]_down/.test(master.flags!),
    copies: copies.map(fieldsOf).map((copy) => ({
      name: copy.ip!,
      isUp: !/[so]_down/.test(copy.flags!) && copy['master-link-status'] === 'ok',
    })),
  }
}

/** `name, value, name, value …` */
function fieldsOf(words: readonly string[]): Record<string, string | undefined> {
  const fields: Record<string, string> = {}
  for (let at = 0; at + 1 < words.length; at += 2) fields[words[at]!] = words[at + 1]!
  return fields
}

function open(host: string): Redis {
  const redis = new Redis({
    ...{ host, port: 26_379 },
    ...{ commandTimeout: 300, connectTimeout: 500, socketTimeout: 1000 },
    ...{ enableOfflineQueue: false, maxRetriesPerRequest: 0, enableReadyCheck: false },
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  })
  redis.on('error', () => {})
  return redis
}
