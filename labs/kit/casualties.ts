import { say } from '../language.ts'
import type { Place } from '../runtime/docker/place.ts'
import type { Runtime, ServiceStatus } from '../runtime/runtime.ts'
import { kindOf } from '../servers/kind/kinds.ts'
import type { Problem } from '../servers/kind/problem.ts'

/** A server that has ended, and not by the check's doing. */
export interface Casualty {
  readonly server: string
  /** It ended by itself, and its files are the reader's: what it said of it. Else the machine is at fault. */
  readonly ownWords?: string
}

/** SIGKILL and SIGTERM come from outside: Docker, or whoever works at the same lab. */
const fromOutside = [0, 137, 143]

export async function casualtiesOf(place: Place, runtime: Runtime): Promise<Casualty[]> {
  const isDown = ({ state }: ServiceStatus) => ['exited', 'restarting', 'missing'].includes(state)
  const down = (await runtime.status()).filter(isDown)
  return Promise.all(
    down.map(async ({ service: server, exitCode = 0 }) => {
      if (fromOutside.includes(exitCode) || !concernsReader(place, server)) return { server }
      const lines = (await runtime.server(server).logs(60)).trimEnd()
      const found = complaintOf(place, server, lines)
      const ownWords = found ? inOneLine(found) : lastLine(lines)
      return { server, ownWords: `${ownWords} ${withCode(exitCode)}`.trim() }
    }),
  )
}

/** Errors that the reader's code has had since then: one of each server, `web1: TypeError: … (app/cache.ts:7)`. */
export async function complaintsOf(place: Place, runtime: Runtime, since: string) {
  const states = await runtime.status()
  const there = states.filter(({ service }) => concernsReader(place, service))
  const told = there.map(async ({ service }) => {
    const found = complaintOf(place, service, await runtime.server(service).output(since))
    return found ? [`${service}: ${inOneLine(found)}`] : []
  })
  return (await Promise.all(told)).flat()
}

const changesOf = ({ lab }: Place, server: string) =>
  lab.changes.filter((change) => kindOf(change).servers(change).includes(server))

const concernsReader = (place: Place, server: string) => changesOf(place, server).length > 0

function complaintOf(place: Place, server: string, words: string): Problem | undefined {
  for (const change of changesOf(place, server)) {
    const found = kindOf(change).complaint?.(words, change)
    if (found) return found
  }
  return undefined
}

/** Without the version of Node, and the rest of a stack. */
const lastLine = (words: string) =>
  words.split('\n').findLast((line) => !/^(?:Node\.js v|\s|[{}]|$)/.test(line)) ?? ''

const inOneLine = ({ message, file, line }: Problem) =>
  `${message} (${file}${line ? `:${line}` : ''})`
const withCode = (code: number) => say(`(exit code ${code})`, `（退出码 ${code}）`)
