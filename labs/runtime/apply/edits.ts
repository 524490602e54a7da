import { say } from '../../language.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import type { Problem } from '../../servers/kind/problem.ts'
import type { Edit, SavedFile } from '../../servers/kind/server-kind.ts'
import type { Place } from '../docker/place.ts'
import { listFiles, readFolder, sameFile, sameFiles } from './files.ts'

/** What the reader has made of each change's files since they were last good. */
export function readEdits({ lab, work, live }: Place): Edit[] {
  return lab.changes.map((change) => ({
    change,
    now: readFolder(work, change.files),
    before: readFolder(live, change.files),
  }))
}

export const isChanged = ({ now, before }: Edit) => !sameFiles(now, before)

export const differing = ({ now, before }: Edit): string[] =>
  [...new Set([...now.keys(), ...before.keys()])].filter(
    (file) => !sameFile(now.get(file), before.get(file)),
  )

/** Files that were emptied, and those that are gone and may not be. */
export function findLacking({ number }: Place['lab'], { change, now, before }: Edit): Problem[] {
  if (sameFiles(now, before)) return []
  const mayGo = (file: string) => now.size > 0 && kindOf(change).mayGo?.(change, file)
  const emptied = [...now.keys()].filter(
    (file) => isBlank(now.get(file)) && before.get(file)?.bytes.length,
  )
  const gone = [...before.keys()].filter((file) => !now.has(file) && !mayGo(file))
  const lacking = (file: string, message: string) => ({ file, message, meaning: restore(number) })
  return [
    ...emptied.map((file) => lacking(file, say('The file is empty.', '文件是空的。'))),
    ...gone.map((file) => lacking(file, say('The file is gone.', '文件不见了。'))),
  ]
}

const isBlank = (file: SavedFile | undefined) =>
  file !== undefined && file.bytes.length < 4096 && file.bytes.toString().trim() === ''

/** Megabytes that one change's files may take together: they are read at each save. */
const limit = 20

/** What nobody writes by hand, and no save should have to wait for. */
export function findTooLarge({ lab, work }: Place): Problem[] {
  return lab.changes.flatMap(({ files }) => {
    const listed = listFiles(work, files).sort((a, b) => b.bytes - a.bytes)
    const megabytes = listed.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6
    const [largest] = listed
    if (!largest || megabytes <= limit) return []
    const has = (largest.bytes / 1e6).toFixed(0)
    return [
      {
        file: largest.path,
        message: say(
          `The file has ${has} MB, all of ${files} ${megabytes.toFixed(0)} MB: a lab takes ${limit} MB.`,
          `这个文件有 ${has} MB，${files} 总共 ${megabytes.toFixed(0)} MB：实验最多接受 ${limit} MB。`,
        ),
        meaning: say(
          'Move it out of the folder, or make it smaller.',
          '请把它移出这个目录，或者让它变小。',
        ),
      },
    ]
  })
}

const restore = (lab: number) =>
  say(
    `The lab goes on with the last good version. Undo in your editor, or start afresh (a copy is kept): npm run lab ${lab} reset`,
    `实验继续使用上一个正确的版本。请在编辑器里撤销，或者重新开始（会保留一份副本）：npm run lab ${lab} reset`,
  )
