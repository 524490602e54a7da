import type { Hono } from 'hono'
import { announce } from '../announce.ts'
import { atMost, readForm, textOf } from '../form.ts'
import type { House, HouseContext, HouseEnv } from '../house.ts'
import { readKept, writeKept } from '../kept.ts'
import { page, problem } from '../page.ts'
import { frontPage } from '../pages/front.ts'
import { strangerNote, topicPage } from '../pages/topic.ts'
import { visitor } from '../visitor.ts'

export const LIMITS = { top: 10, newest: 5, replies: 100, title: 120, text: 4000 } as const
const FORM_BYTES = 64 * 1024
const ID = ':id{[1-9][0-9]{0,8}}'

const frontName = 'front'
const topicName = (id: number) => `topic:${id}`

export const readFront = (house: House) =>
  readKept(house, frontName, () => house.store.front(LIMITS))

const readTopic = (house: House, id: number) =>
  readKept(house, topicName(id), () => house.store.findTopic(id, LIMITS))

const noTopic = (c: HouseContext, house: House) =>
  problem(c, house, {
    status: 404,
    title: 'Nobody talks about this',
    text: 'There is no topic with this number.',
  })

const stranger = (c: HouseContext, house: House, text: string) =>
  problem(c, house, {
    status: 401,
    title: 'Who is speaking?',
    text: `${house.name} doesn’t know you: sign in, then send it again.`,
    more: strangerNote(text),
  })

export function forumRoutes(app: Hono<HouseEnv>, house: House): void {
  app.get('/', async (c) => {
    const user = await visitor(c, house)
    const { outcome, value: front } = await readFront(house)
    const body = frontPage({ front, user, now: house.clock() })
    return page(c, house, { title: 'Teahouse', body, outcome })
  })

  app.get(`/topics/${ID}`, async (c) => {
    const user = await visitor(c, house)
    const { outcome, value: topic } = await readTopic(house, Number(c.req.param('id')))
    c.header('x-cache', outcome)
    if (!topic) return noTopic(c, house)
    const body = topicPage({ topic, user, now: house.clock() })
    return page(c, house, { title: topic.title, body, outcome })
  })

  app.post('/topics', atMost(house, FORM_BYTES), async (c) => {
    const form = await readForm(c)
    const title = textOf(form, 'title')
    const body = textOf(form, 'body')
    const author = await visitor(c, house)
    if (author === undefined) return stranger(c, house, [title, body].filter(Boolean).join('\n\n'))
    if (title.length < 3 || title.length > LIMITS.title || !body || body.length > LIMITS.text) {
      const { outcome, value: front } = await readFront(house)
      const draft = { title, body }
      const again = frontPage({ front, user: author, now: house.clock(), draft })
      return page(c, house, { title: 'Teahouse', body: again, outcome, status: 422 })
    }
    const id = await writeKept(
      house,
      [frontName],
      () => house.store.addTopic({ title, body, author, at: house.clock() }),
      (written) => [topicName(written)],
    )
    await announce(house, { kind: 'topic', topic: id })
    return c.redirect(`/topics/${id}`, 303)
  })

  app.post(`/topics/${ID}/replies`, atMost(house, FORM_BYTES), async (c) => {
    const topicId = Number(c.req.param('id'))
    const body = textOf(await readForm(c), 'body')
    const author = await visitor(c, house)
    if (author === undefined) return stranger(c, house, body)
    if (!body || body.length > LIMITS.text) {
      const { outcome, value: topic } = await readTopic(house, topicId)
      if (!topic) return noTopic(c, house)
      const again = topicPage({ topic, user: author, now: house.clock(), draft: body })
      return page(c, house, { title: topic.title, body: again, outcome, status: 422 })
    }
    const id = await writeKept(house, [topicName(topicId), frontName], () =>
      house.store.addReply({ topicId, body, author, at: house.clock() }),
    )
    if (id === undefined) return noTopic(c, house)
    await announce(house, { kind: 'reply', topic: topicId })
    return c.redirect(`/topics/${topicId}#reply-${id}`, 303)
  })
}
