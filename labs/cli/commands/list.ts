import pc from '../colors.ts'
import type { Lab } from '../../catalog/catalog.ts'
import { pick, say } from '../../language.ts'
import { labFolders } from '../../session/folders.ts'
import { readProgress } from '../../session/progress.ts'
import { readRunning } from '../../session/running.ts'
import { type Context, exitCode } from '../context.ts'
import { labTitle } from '../find-lab.ts'

/** The labs, and how far the reader is. */
export function list({ labs, out, options }: Context): number {
  const passed = readProgress()
  const rows = labs.map((lab) => describe(lab, Object.keys(passed[lab.slug] ?? {})))
  if (options.json) {
    out.json(
      rows.map(({ lab: { number, slug, title, tasks }, ...rest }) => ({
        number,
        slug,
        title,
        tasks: tasks.length,
        ...rest,
      })),
    )
    return exitCode.pass
  }
  for (const { lab, passed, running } of rows) {
    const boxes = lab.tasks
      .map(({ id }) => (passed.includes(id) ? pc.green('■') : pc.dim('□')))
      .join('')
    const state = running ? pc.green(say(' runs now', ' 正在运行')) : ''
    out.line(`${pc.bold(labTitle(lab))}  ${boxes} ${passed.length}/${lab.tasks.length}${state}`)
    out.line(pc.dim(`    ${pick(lab.summary)}`))
    out.line(
      pc.dim(
        `    ${say(`about ${lab.minutes} minutes`, `大约 ${lab.minutes} 分钟`)} · npm run lab ${lab.number}`,
      ),
    )
  }
  return exitCode.pass
}

function describe(lab: Lab, done: readonly string[]) {
  const passed = lab.tasks.map(({ id }) => id).filter((id) => done.includes(id))
  return { lab, passed, running: readRunning(labFolders(lab).running) !== undefined }
}
