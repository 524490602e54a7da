import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { openRedises } from './redis-servers.ts'
import { portOf } from './tracking.ts'

const { claim, start } = openRedises(import.meta.url)

const program = fileURLToPath(new URL('./write-behind/server.mjs', import.meta.url))

/** A web server in a process of its own, which answers when it has done what it was told. */
function startServer(...args: readonly string[]) {
  const server: ChildProcess = fork(program, args, { execArgv: [] })
  const ended = once(server, 'exit')
  onTestFinished(() => void server.kill('SIGKILL'))
  return {
    async tell(message: { readonly reply?: string }): Promise<unknown> {
      const answered = once(server, 'message').then(([answer]: readonly unknown[]) => answer)
      server.send(message)
      return Promise.race([answered, ended.then(([code]) => `ended with ${code}`)])
    },
    async kill(): Promise<void> {
      server.kill('SIGKILL')
      await ended
    },
  }
}

const replies = ['one', 'two', 'three', 'four', 'five']

claim(
  'write-then-queue-may-be-lost',
  'replies are shown in the main cache and answered with “written”, and a queue in the process takes them to the database: when the process is killed, those still in the queue are lost; with the database first none is',
  async ({ figure }) => {
    // A second Redis is the database here: it is never killed.
    const [main, database] = await start(2)
    const all = (redis: typeof main, key: string) => redis!.redis.lrange(key, 0, -1)

    async function afterACrash(order: 'queue' | 'database') {
      for (const { redis } of [main!, database!]) await redis.flushall()
      const server = startServer(order, ...[main!, database!].map((one) => `${portOf(one)}`))
      for (const reply of replies) expect(await server.tell({ reply })).toBe('written')
      for (let turn = 0; turn < 2; turn++) expect(await server.tell({})).toBe('worked')
      await server.kill()
      const shown = await all(main, 'page:topic:7')
      return { shown, kept: await all(database, 'replies') }
    }

    const queued = await afterACrash('queue')
    const first = await afterACrash('database')
    expect(queued).toEqual({ shown: replies, kept: replies.slice(0, 2) })
    expect(first).toEqual({ shown: replies, kept: replies })
    figure({
      en: `${replies.length} replies answered with “written”, 2 taken from the queue, the process killed: readers are shown ${queued.shown.length} as long as the page lives in the main cache, the database has ${queued.kept.length}; with the database first ${first.kept.length}`,
      zh: `${replies.length} 条回复都答了“写好了”，队列里取走 2 条，进程被杀：页面还在主缓存里时读者看到 ${queued.shown.length} 条，数据库里只有 ${queued.kept.length} 条；先写数据库，${first.kept.length} 条`,
    })
  },
)
