import { say } from '../../language.ts'
import { lineOf } from '../../servers/compose/problems.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import type { Problem } from '../../servers/kind/problem.ts'
import type { Edit } from '../../servers/kind/server-kind.ts'
import type { Fallen } from './world.ts'

/**
 * A server that came up and fell, in its own words. Where they name a line of the reader's files,
 * that is the place; else it is the service in the Compose file, as that says how it is run.
 */
export function fallenProblem(
  fallen: Fallen,
  composeText: string,
  edits: readonly Edit[],
): Problem {
  const { service, words } = fallen
  const place = placeIn(words, edits) ?? {
    file: 'compose.yaml',
    line: lineOf(composeText, ['services', service, 'command']),
  }
  return { ...place, message: [what(fallen), lastWords(words)].filter(Boolean).join('\n') }
}

function what({ service, state, exitCode }: Fallen): string {
  if (state === 'exited' || state === 'restarting')
    return exitCode === undefined
      ? say(`${service} has ended.`, `${service} 已经退出。`)
      : say(
          `${service} has ended, with code ${exitCode}.`,
          `${service} 已经退出，退出码 ${exitCode}。`,
        )
  if (state === 'unhealthy' || state === 'starting')
    return say(
      `${service} runs, but does not answer as it should.`,
      `${service} 在运行，但没有正常应答。`,
    )
  return say(`${service} does not run.`, `${service} 没有在运行。`)
}

/** Node's stack: `file:///app/server.js:7`, `at main (/app/server.js:7:3)`. */
function placeIn(
  words: string,
  edits: readonly Edit[],
): Pick<Problem, 'file' | 'line'> | undefined {
  const mine = edits
    .filter(({ change }) => kindOf(change).builds)
    .flatMap(({ change, now }) =>
      [...now.keys()].map((file) => ({ file, tail: file.slice(change.files.length) })),
    )
  for (const [, path = '', line] of words.matchAll(/(\/[^\s:()]+):(\d+)/g)) {
    const found = mine.find(({ tail }) => path.endsWith(`/${tail}`))
    if (found && !path.includes('/node_modules/')) return { file: found.file, line: Number(line) }
  }
  return undefined
}

/** The error that a program ended with; without one, its last line. */
export function lastWords(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '')
  const error = lines.findLast((line) => /^\s*\w*Error(?: \[\w+\])?: |: not found$/.test(line))
  const last = lines.findLast((line) => !/^(?:Node\.js v|\s+at |[{}])/.test(line))
  return (error ?? last ?? '').trim().slice(0, 400)
}
