import { bindProblems } from './check-bind.ts'
import { nameProblems, socketProblems } from './check-sockets.ts'
import { checkUpstream } from './check-upstream.ts'
import type { ConfigError } from './config-error.ts'
import { parse } from './directives.ts'
import { duplicates } from './location.ts'
import { atFirst, inheritedIn } from './other-steps.ts'
import { Problems } from './problems.ts'
import { readServer, type VirtualServer } from './read-server.ts'
import { remarksOn, type Remarks } from './remarks.ts'

export type { VirtualServer } from './read-server.ts'

export interface Reading {
  readonly servers: readonly VirtualServer[]
  /** All that nginx refuses, in the order of the file, and what this model does not know. */
  readonly problems: readonly ConfigError[]
  readonly remarks: Remarks
}

/** Reads a whole nginx.conf, or one or more `server` blocks with what may stand around them. */
export function inspectConfig(text: string): Reading {
  const { directives, problems: unread } = parse(text)
  const problems = new Problems(unread)
  const http = directives.flatMap((one) => (one.name === 'http' ? (one.block ?? []) : [one]))
  const mergesSlashes = http.findLast(({ name }) => name === 'merge_slashes')?.args[0] !== 'off'
  const inherited = inheritedIn(http, atFirst)
  const servers = http
    .filter(({ name, block }) => name === 'server' && block)
    .map((one) => readServer(one, { mergesSlashes, inherited }, problems))
  for (const one of http) if (one.name === 'upstream') checkUpstream(one, problems)
  const whileReading = problems.with(socketProblems(servers))
  // nginx compares locations, then names, when it has read everything; then it opens its sockets.
  const afterwards = [
    ...servers.flatMap(duplicatesIn),
    ...nameProblems(servers),
    ...bindProblems(servers),
  ]
  return {
    servers,
    problems: [...whileReading, ...afterwards],
    remarks: remarksOn(directives),
  }
}

const duplicatesIn = ({ locations }: VirtualServer): readonly ConfigError[] => duplicates(locations)

/** Throws the first `ConfigError`, in nginx's order. */
export function readConfig(text: string): readonly VirtualServer[] {
  const { servers, problems } = inspectConfig(text)
  if (problems[0]) throw problems[0]
  return servers
}
