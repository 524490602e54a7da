import { say } from '../../language.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import type { Problem } from '../../servers/kind/problem.ts'
import type { Edit } from '../../servers/kind/server-kind.ts'
import type { Place } from '../docker/place.ts'
import { below, readFiles, sameFiles } from './files.ts'

/** What the reader has made of each change's files since they were last good. */
export function readEdits({ lab, work, live }: Place): Edit[] {
  const [wanted, good] = [readFiles(work), readFiles(live)]
  return lab.changes.map((change) => ({
    change,
    now: below(wanted, change.files),
    before: below(good, change.files),
  }))
}

export const isChanged = ({ now, before }: Edit) => !sameFiles(now, before)

export const differing = ({ now, before }: Edit): string[] =>
  [...new Set([...now.keys(), ...before.keys()])].filter(
    (file) => now.get(file) !== before.get(file),
  )

/** Files that were emptied, and those that are gone and may not be. */
export function findLacking({ number }: Place['lab'], { change, now, before }: Edit): Problem[] {
  if (sameFiles(now, before)) return []
  const mayGo = (file: string) => now.size > 0 && kindOf(change).mayGo?.(change, file)
  const emptied = [...now.keys()].filter((file) => now.get(file)?.trim() === '' && before.get(file))
  const gone = [...before.keys()].filter((file) => !now.has(file) && !mayGo(file))
  const lacking = (file: string, message: string) => ({ file, message, meaning: restore(number) })
  return [
    ...emptied.map((file) => lacking(file, say('The file is empty.', '文件是空的。'))),
    ...gone.map((file) => lacking(file, say('The file is gone.', '文件不见了。'))),
  ]
}

const restore = (lab: number) =>
  say(
    `The lab goes on with the last good version. Undo in your editor, or start afresh (a copy is kept): npm run lab ${lab} reset`,
    `实验继续使用上一个正确的版本。请在编辑器里撤销，或者重新开始（会保留一份副本）：npm run lab ${lab} reset`,
  )
