import type { Lab } from '../../catalog/catalog.ts'
import { createChecker } from '../../checker/checker.ts'
import { say } from '../../language.ts'
import { recordPass } from '../../session/progress.ts'
import { inTurn } from '../../session/turn.ts'
import { open } from '../attach.ts'
import { brokenFile, brokenIn } from '../broken.ts'
import { frontUrl } from '../commands/servers.ts'
import { type Context, exitCode } from '../context.ts'
import { watchFile, watchFiles } from './files.ts'
import { WatchLoop } from './loop.ts'
import { plainView } from './plain.ts'
import { initialState } from './state.ts'
import { terminalView } from './terminal.ts'

/** Starts the lab, checks everything once, then every save, until the reader leaves. */
export async function watch(context: Context, lab: Lab): Promise<number> {
  const { out, options, signal, now } = context
  const left = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  const session = await open(context, lab)
  const { place, runtime } = session
  const ends: (() => unknown)[] = [() => session.close()]
  try {
    const checker = createChecker(place)
    ends.push(() => checker.close())
    const broken = brokenIn(place, runtime)
    broken.forget()
    const full = out.isTerminal && !options.json
    const view = full ? terminalView(context, session, broken) : plainView(context, lab)
    ends.unshift(() => view.close())
    const loop = new WatchLoop(initialState(lab, frontUrl(place)), {
      runtime,
      checker,
      broken,
      inTurn: (work) =>
        inTurn(place, { signal, onWait: () => loop.set({ busy: waiting() }) }, work),
      onPass: (task) => recordPass(lab.slug, task, now()),
      onState: (state) => view.show(state),
    })
    // Not waited for: a check under way ends by itself when its servers go.
    ends.unshift(() => void loop.close())
    const unwatch = await watchFiles(lab, options.poll, {
      onSave: (at) => void loop.saved(at),
      onForeign: (file) => loop.set({ notice: foreign(file) }),
    })
    ends.unshift(unwatch)
    ends.unshift(
      watchFile(brokenFile(place), options.poll, () => loop.set({ broken: broken.list() })),
    )
    void loop.recheck()
    await Promise.race([left, view.attach(loop)])
    return signal.aborted ? exitCode.interrupted : exitCode.pass
  } finally {
    await endAll(ends)
  }
}

/** One after the other, and all of them: a view that cannot be closed must not keep servers alive. */
async function endAll(ends: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const end of ends)
    try {
      await end()
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}

const waiting = () => say('waiting for another terminal', '等待另一个终端')

const foreign = (file: string) =>
  say(
    `${file} was edited, but is not checked. Your files are in work/; git restores ours.`,
    `${file} 被修改了，但检查的不是它。你的文件在 work/ 里；我们的文件可以用 git 恢复。`,
  )
