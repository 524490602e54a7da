import { say } from '../../language.ts'
import type { Problem } from '../kind/problem.ts'

/** The reader's folder, here and inside the containers, and the module there that the server imports. */
export interface Module {
  readonly files: string
  readonly at: string
  readonly module: string
}

/** `TypeError: x is not a function`, `Error [ERR_MODULE_NOT_FOUND]: …`, at the beginning of a line. */
const errorLine = /^\w*Error(?: \[\w+\])?: .*$/gm

/** Seconds that loading the module on trial may take. */
export const patience = 5

/** Node's report: `file:///lab/app/x.ts:7`, the line, a caret, then `SyntaxError: …`. */
export function parseNode(stderr: string, exitCode: number, place: Module): Problem {
  const { file, line } = placeIn(stderr, place) ?? { file: place.files + place.module }
  if (exitCode === 124)
    return {
      file,
      message: say(`Loading it takes over ${patience} s.`, `加载它超过了 ${patience} 秒。`),
      meaning: say(
        'A loop without an end at the top of the module?',
        '模块顶层有没有结束不了的循环？',
      ),
    }
  const [words] = stderr.match(errorLine) ?? /^No function .*$/m.exec(stderr) ?? []
  return { file, line, message: words ?? stderr.trim().slice(0, 400) }
}

/** What a server said last that came up with the module and did not stay, or never answered. */
export function parseFallen(words: string, server: string, place: Module): Problem {
  const found = complaintIn(words, place)
  if (found) return found
  const last = words.trim().split('\n').at(-1) ?? ''
  return {
    file: place.files + place.module,
    message: say(
      `With it ${server} does not come up, or does not answer within a minute. Its last words: ${last}`,
      `用它，${server} 起不来，或者一分钟没有应答。最后的输出：${last}`,
    ),
  }
}

/** The last error that a server has written whose stack passes through the reader's files. */
export function complaintIn(words: string, place: Module): Problem | undefined {
  const errors = [...words.matchAll(errorLine)].map(({ index }) => index)
  for (const [number, from] of [...errors.entries()].reverse()) {
    const text = words.slice(from, errors[number + 1])
    const found = placeIn(text, place)
    if (found) return { ...found, message: text.split('\n')[0]!.slice(0, 400) }
  }
  return undefined
}

function placeIn(words: string, { files, at }: Module): Pick<Problem, 'file' | 'line'> | undefined {
  for (const [, path = '', line] of words.matchAll(
    /(?:file:\/\/)?(\/[^\s:()]+\.[mc]?[jt]s):(\d+)/g,
  ))
    if (path.startsWith(`${at}/`))
      return { file: files + path.slice(at.length + 1), line: Number(line) }
  return undefined
}
