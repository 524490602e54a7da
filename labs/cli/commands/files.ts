import { relative } from 'node:path'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { labFolders, projectFolder } from '../../session/folders.ts'
import { readersFiles, type Source } from '../../session/reader-files.ts'
import { readRunning } from '../../session/running.ts'
import { ensureWork, forgetGoodFiles, replaceWork } from '../../session/work-folder.ts'
import { type Context, exitCode } from '../context.ts'
import { findTask } from '../find-lab.ts'
import { differenceOf } from './difference.ts'

/** How our answer differs from the reader's; with `apply`, our answer in place of it. */
export async function solution(
  context: Context,
  lab: Lab,
  taskName: string | undefined,
  apply: boolean,
) {
  const { out, options } = context
  if (apply) return replace(context, lab, 'solution')
  ensureWork(lab, labFolders(lab))
  const files = taskName
    ? findTask(lab, taskName).files
    : [...new Set(lab.tasks.flatMap((task) => task.files))]
  if (options.json) {
    const ours = readersFiles(lab, 'solution')
    const texts = files.map((file) => [file, `${ours.get(file)?.bytes}`])
    out.json({ lab: lab.slug, files: Object.fromEntries(texts) })
    return exitCode.pass
  }
  for (const file of files)
    out.line(await differenceOf(lab, file, out.isTerminal && !process.env.NO_COLOR))
  return exitCode.pass
}

export const reset = (context: Context, lab: Lab) => replace(context, lab, 'starter')

function replace({ out, options, now }: Context, lab: Lab, source: Source): number {
  const kept = replaceWork(lab, source, now())
  const folders = labFolders(lab)
  // Running servers read them.
  if (source === 'starter' && !readRunning(folders.running)) forgetGoodFiles(folders)
  const name = kept && relative(projectFolder, kept).replaceAll('\\', '/')
  if (options.json) out.json({ lab: lab.slug, placed: source, kept: name })
  else {
    if (name) out.line(say(`Your files are kept in ${name}/`, `你的文件保留在 ${name}/`))
    out.line(
      source === 'starter'
        ? say('The lab begins afresh.', '实验重新开始。')
        : say('Our answer is in place.', '已换上我们的答案。'),
    )
  }
  return exitCode.pass
}
