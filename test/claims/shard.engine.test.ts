import { expect } from 'vitest'
import { openRedises } from './redis-servers.ts'
import { byRing, Database, minuteOf, WebServer } from './shards.ts'
import { percent, topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

claim(
  'a-dead-shard-costs-its-keys',
  'one of four Redis is killed: the database is asked for the topics that lived there, and for no others; each once more, if the others take them in',
  async ({ figure }) => {
    const servers = await start(4)
    const pages = topics(2000)
    const minute = minuteOf(pages, 23)
    const database = new Database()
    const web = new WebServer(byRing(servers), database)
    await web.readAll(pages)
    const dead = servers[1]!
    // Not `once` of node:events: what the connection says of its end may be an error.
    const gone = new Promise((resolve) => dead.redis.once('end', resolve))
    await dead.signal('KILL')
    await gone

    const wanted = minute.filter((key) => web.serverOf(key) === dead)
    const asked = async (by: WebServer) => {
      const before = database.asked.length
      await by.serve(minute)
      return database.asked.slice(before)
    }
    const past = await asked(web)
    expect(past).toEqual(wanted)
    const share = past.length / minute.length
    expect(share).toBeGreaterThan(0.08)
    expect(share).toBeLessThan(0.5)

    const left = servers.filter((server) => server !== dead)
    const takenIn = await asked(new WebServer(byRing(left), database))
    expect(new Set(takenIn)).toEqual(new Set(wanted))
    expect(takenIn).toHaveLength(new Set(wanted).size)
    expect(takenIn.length).toBeLessThan(0.8 * past.length)
    const count = minute.length.toLocaleString('en')
    figure({
      en: `${count} readers, one of four Redis dead: ${past.length} questions to the database (${percent(share)}), all for its topics; taken out of the ring: ${takenIn.length}`,
      zh: `${count} 位读者，四个 Redis 死了一个：问数据库 ${past.length} 次（${percent(share)}），全是它那些话题；把它从环上拿掉：${takenIn.length} 次`,
    })
  },
)

claim(
  'the-returned-shard-is-old',
  'a Redis that was cut off and comes back serves what it had before, unless it is emptied first',
  async ({ figure }) => {
    const servers = await start(4)
    const away = servers[1]!
    const database = new Database()
    const web = new WebServer(byRing(servers), database)
    const pages = topics(2000)
      .filter((page) => web.serverOf(page) === away)
      .slice(0, 200)
    expect(pages).toHaveLength(200)
    await web.readAll(pages)

    await away.signal('STOP')
    let isBack = false
    const answer = away.redis.ping().finally(() => (isBack = true))
    const meanwhile = new WebServer(byRing(servers.filter((server) => server !== away)), database)
    await meanwhile.readAll(pages)
    await meanwhile.changeAll(pages)
    const changed = pages.map(() => 'version 2')
    expect(await meanwhile.readAll(pages)).toEqual(changed)
    expect(isBack, 'cut off all the while').toBe(false)

    await away.signal('CONT')
    expect(await answer).toBe('PONG')
    const old = (await web.readAll(pages)).filter((page) => page === 'version 1').length
    expect(old).toBe(pages.length)
    await away.redis.flushall()
    const stillOld = (await web.readAll(pages)).filter((page) => page === 'version 1').length
    expect(stillOld).toBe(0)
    figure({
      en: `${pages.length} topics changed while their Redis was cut off: ${old} are served old when it is back, ${stillOld} when it is emptied first`,
      zh: `一个 Redis 断开期间，住在上面的 ${pages.length} 个话题改了：它回来之后，${old} 个给的是旧的；先清空，${stillOld} 个`,
    })
  },
)
