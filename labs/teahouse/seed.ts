import { SEED } from './seed-topics.ts'

export interface SeedTopic {
  readonly title: string
  readonly body: string
  readonly author: string
  readonly at: number
  readonly replies: readonly {
    readonly author: string
    readonly body: string
    readonly at: number
  }[]
}

const HOUR = 3_600_000

/** The forum's first topics, dated back from `now`, with the replies spread evenly since. */
export function seedTopics(now: number): SeedTopic[] {
  return SEED.map(({ hoursAgo, replies, ...topic }) => {
    const at = now - hoursAgo * HOUR
    const gap = (now - at) / (replies.length + 1)
    return {
      ...topic,
      at,
      replies: replies.map((line, index) => {
        const [author = '', ...body] = line.split(': ')
        return { author, body: body.join(': '), at: Math.round(at + gap * (index + 1)) }
      }),
    }
  })
}
