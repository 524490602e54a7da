import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { execa } from 'execa'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { EnvironmentError } from '../../runtime/environment-error.ts'
import { projectFolder } from '../../session/folders.ts'

/** How our answer differs from the reader's file, as git shows it: 0 says the same, 1 different. */
export async function differenceOf(lab: Lab, file: string, color: boolean): Promise<string> {
  const place = relative(projectFolder, lab.folder).replaceAll('\\', '/')
  const [own, ours] = [`${place}/work/${file}`, `${place}/solution/${file}`]
  // git knows this name on every system: a file that the reader has not, or no more.
  const left = existsSync(join(lab.folder, 'work', file)) ? own : '/dev/null'
  const options = ['--no-index', `--color=${color ? 'always' : 'never'}`]
  const asked = { cwd: projectFolder, reject: false } as const
  const result = await execa('git', ['diff', ...options, '--', left, ours], asked)
  if (result.exitCode === 0) return say(`${ours}: the same as yours`, `${ours}：和你的一样`)
  if (result.exitCode === 1 && result.stdout) return result.stdout
  const why = result.stderr || result.originalMessage || ''
  throw new EnvironmentError(
    say(`git could not compare the files: ${why.trim()}`, `git 没能比较这两个文件：${why.trim()}`),
    say(`open both: ${own} and ${ours}`, `请打开这两个文件自己比较：${own} 和 ${ours}`),
  )
}
