import type { NewReply, NewTopic, Post, Store, TopicSummary } from '../ports.ts'
import { seedTopics } from '../seed.ts'

interface Options {
  /** When given, the forum opens with the seed topics, dated back from this moment. */
  readonly seededAt?: number
}

const byReplies = (a: TopicSummary, b: TopicSummary) => b.replies - a.replies || a.id - b.id
const byAge = (a: TopicSummary, b: TopicSummary) => b.createdAt - a.createdAt || b.id - a.id

type Numbered<T> = T & { readonly id: number }
type Kept = Numbered<NewTopic> & { readonly own: Numbered<NewReply>[] }

/** The database as plain arrays: for tests, and for a forum that runs in a browser tab. */
export function createMemoryStore({ seededAt }: Options = {}): Store {
  const topics: Kept[] = []
  const avatars = new Map<string, string | null>()
  let replies = 0

  const addTopic = (topic: NewTopic) => topics.push({ ...topic, id: topics.length + 1, own: [] })
  const addReply = (reply: NewReply) => {
    const topic = topics[reply.topicId - 1]
    if (!topic) return undefined
    topic.own.push({ ...reply, id: ++replies })
    return replies
  }
  const addUser = (name: string) => {
    if (!avatars.has(name)) avatars.set(name, null)
  }
  const summary = ({ id, title, author, at, own }: Kept): TopicSummary => {
    const lastReplyAt = own.at(-1)?.at ?? null
    return { id, title, author, replies: own.length, createdAt: at, lastReplyAt }
  }
  const post = ({ id, author, body, at }: Numbered<NewTopic | NewReply>): Post => {
    return { id, author, avatar: avatars.get(author) ?? null, body, createdAt: at }
  }

  if (seededAt !== undefined) {
    for (const { replies: answers, ...topic } of seedTopics(seededAt)) {
      const topicId = addTopic(topic)
      addUser(topic.author)
      for (const answer of answers) {
        addReply({ ...answer, topicId })
        addUser(answer.author)
      }
    }
  }
  return {
    async ping() {},
    async front(limits) {
      const all = topics.map(summary)
      return {
        top: all.toSorted(byReplies).slice(0, limits.top),
        newest: all.toSorted(byAge).slice(0, limits.newest),
      }
    },
    async findTopic(id, limits) {
      const topic = topics[id - 1]
      if (!topic) return undefined
      const latest = topic.own.slice(-limits.replies).map(post)
      return { ...summary(topic), opening: post(topic), latest }
    },
    topicIds: async () => topics.map(({ id }) => id),
    addTopic: async (topic) => addTopic(topic),
    addReply: async (reply) => addReply(reply),
    addUser: async ({ name }) => addUser(name),
    findAvatar: async (name) => avatars.get(name) ?? null,
    async setAvatar(name, version) {
      avatars.set(name, version)
    },
    async report(limits) {
      const rows = topics.map(summary).toSorted(byReplies).slice(0, limits.rows)
      return { topics: topics.length, replies, users: avatars.size, rows }
    },
  }
}
