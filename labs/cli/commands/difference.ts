import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { execa } from 'execa'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { EnvironmentError } from '../../runtime/environment-error.ts'
import { projectFolder } from '../../session/folders.ts'
import { readersFiles } from '../../session/reader-files.ts'

/** How our answer differs from the reader's file, as git shows it: 0 says the same, 1 different. */
export async function differenceOf(lab: Lab, file: string, color: boolean): Promise<string> {
  const place = relative(projectFolder, lab.folder).replaceAll('\\', '/')
  const [own, ours] = [`${place}/work/${file}`, `${place}/solution/${file}`]
  // git knows this name on every system: a file that the reader has not, or no more.
  const left = existsSync(join(lab.folder, 'work', file)) ? own : '/dev/null'
  const options = ['--no-index', `--color=${color ? 'always' : 'never'}`]
  // Ours comes by the standard input, `-`: its comments are in the reader's language.
  const input = readersFiles(lab, 'solution').get(file)?.bytes ?? ''
  const asked = { cwd: projectFolder, reject: false, input } as const
  const result = await execa('git', ['diff', ...options, '--', left, '-'], asked)
  if (result.exitCode === 0) return say(`${ours}: the same as yours`, `${ours}：和你的一样`)
  if (result.exitCode === 1 && result.stdout) return withName(result.stdout, ours)
  const why = result.stderr || result.originalMessage || ''
  throw new EnvironmentError(
    say(`git could not compare the files: ${why.trim()}`, `git 没能比较这两个文件：${why.trim()}`),
    say(`open both: ${own} and ${ours}`, `请打开这两个文件自己比较：${own} 和 ${ours}`),
  )
}

/** In the lines above the first hunk git calls it `-`. */
function withName(difference: string, name: string): string {
  const [head = '', ...hunks] = difference.split(/^(?=.{0,9}@@)/m)
  return head.replaceAll(/\b([ab])\/-/g, `$1/${name}`) + hunks.join('')
}
