import { afterEach, beforeEach, inject } from 'vitest'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { lab } from './lab.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What the check did, as commands that the reader can repeat. */
    trace?: string[]
    /** Errors of the reader's own code while it ran, in the words of the servers. */
    said?: string[]
  }
}

/** A server that runs the reader's code has ended by itself: that explains all else. */
class ServerEnded extends Error {
  override readonly name = 'ServerEnded'
  readonly next: string

  constructor(message: string, next: string) {
    super(message)
    this.next = next
  }
}

beforeEach(() => lab.begin())

afterEach(async ({ task }) => {
  task.meta.trace = [...lab.trace]
  await lab.restore()
  if (task.result?.state !== 'fail') return
  task.meta.said = await lab.complaints()
  const casualties = await lab.casualties()
  const [first] = casualties
  if (!first) return
  const next = `npm run lab ${inject('place').lab.number} logs ${first.server}`
  const servers = casualties.map(({ server }) => server)
  const byThemselves = casualties.flatMap(({ server, ownWords }) =>
    ownWords === undefined ? [] : [`${server}: ${ownWords}`],
  )
  if (byThemselves.length === casualties.length) {
    await lab.revive(servers)
    const words = byThemselves.join('; ')
    throw new ServerEnded(
      say(`Ended while the check ran: ${words}`, `检查运行时自己退出了：${words}`),
      next,
    )
  }
  throw new EnvironmentError(
    say(
      `${servers.join(', ')} died while the check ran.`,
      `检查运行时 ${servers.join('、')} 退出了。`,
    ),
    next,
  )
})
