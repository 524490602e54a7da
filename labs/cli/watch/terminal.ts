import { join, relative } from 'node:path'
import { say } from '../../language.ts'
import { projectFolder } from '../../session/folders.ts'
import type { Session } from '../../session/session.ts'
import type { Broken } from '../broken.ts'
import { showUrl } from '../commands/servers.ts'
import type { Context } from '../context.ts'
import { nextHints } from '../hints-given.ts'
import { loadTable, type LoadPoint, type LoadRow, measureLoad, underLoad } from '../load/measure.ts'
import { readKeys } from './keys.ts'
import type { WatchLoop } from './loop.ts'
import { Screen } from './screen.ts'
import { renderWatch } from './view.ts'
import type { WatchView } from './watch-view.ts'

/** The full-screen view and its keys. */
export function terminalView(context: Context, session: Session, broken: Broken): WatchView {
  const { out } = context
  const screen = new Screen(process.stdout)
  let release = () => {}
  return {
    show: (state) => screen.paint(renderWatch(state, screen.size)),
    attach: (loop) =>
      new Promise((resolve) => {
        screen.onResize(() => screen.paint(renderWatch(loop.state, screen.size)))
        const verbs = createVerbs(context, session, broken, loop, resolve)
        release = readKeys(process.stdin, (name) => {
          const verb = verbs[name]
          if (verb)
            void Promise.resolve(verb()).catch((error: Error) =>
              loop.set({ busy: '', notice: error.message }),
            )
        })
      }),
    close() {
      release()
      screen.close()
      out.note(say('removing the servers; your files stay …', '正在移除服务器；你的文件会保留……'))
    },
  }
}

function createVerbs(
  { signal }: Context,
  { place, runtime }: Session,
  broken: Broken,
  loop: WatchLoop,
  leave: () => void,
): Record<string, () => void | Promise<void>> {
  const { lab } = place
  const select = (step: number) => {
    const index = lab.tasks.findIndex(({ id }) => id === loop.state.current)
    const next = lab.tasks[(index + step + lab.tasks.length) % lab.tasks.length]!
    loop.set({ current: next.id, panel: [] })
  }
  const rows: LoadRow[] = []
  const listener = {
    signal,
    onStart: (row: LoadPoint) => loop.set({ busy: underLoad(row) }),
    onRow(row: LoadRow) {
      rows.push(row)
      loop.set({ panel: loadTable(rows, place) })
    },
  }
  const measure = async () => {
    await broken.mendAll()
    rows.length = 0
    loop.set({ broken: {}, notice: '' })
    await measureLoad(place, runtime, listener)
    loop.set({ busy: '' })
  }
  return {
    q: leave,
    'quit-now': leave,
    up: () => select(-1),
    down: () => select(1),
    escape: () => loop.set({ panel: [], notice: '' }),
    r: () => loop.recheck(),
    o: () => showUrl(loop.state.url),
    h() {
      const { hints, of } = nextHints(lab, loop.state.current)
      loop.set({ panel: hints.flatMap((hint, index) => [`${index + 1}/${of} ${hint}`, '']) })
    },
    s() {
      const { files } = lab.tasks.find(({ id }) => id === loop.state.current)!
      const folder = relative(projectFolder, join(lab.folder, 'solution'))
      loop.set({
        panel: [
          say('Our answer stands in:', '我们的答案在：'),
          ...files.map((file) => `  ${folder}/${file}`),
          '',
          say('How it differs from yours:', '和你的有什么不同：'),
          `  npm run lab ${lab.number} solution ${loop.state.current}`,
        ],
      })
    },
    async b() {
      const known = (await runtime.status()).map(({ service }) => service)
      const isBroken = (server: string) => broken.list()[server] !== undefined
      const victim = (lab.scale.length > 0 ? lab.scale : [lab.front.service])
        .filter((server) => known.includes(server) && !isBroken(server))
        .at(-1)
      if (!victim) return loop.set({ notice: allBroken() })
      await loop.alone(() => broken.break(victim, 'kill'))
      const notice = say(
        `${victim} is gone. Reload the page: what do you see?`,
        `${victim} 没了。刷新页面，看看会怎样？`,
      )
      loop.set({ broken: broken.list(), notice })
    },
    async m() {
      await loop.alone(async () => void (await broken.mendAll()))
      loop.set({ broken: {}, notice: '' })
    },
    l: () => loop.alone(measure),
  }
}

const allBroken = () => say('Every web server is broken already.', '每台 Web 服务器都已经弄坏了。')
