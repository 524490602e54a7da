import { chooseLocation, type LevelChoice } from './choose-location.ts'
import { chooseVirtualServer, type ServerChoice, type Socket } from './choose-virtual-server.ts'
import { explain, type Considered } from './explain-location.ts'
import { namesListened, type ListenedName } from './listened-names.ts'
import { nextSteps, type NextStep } from './next-steps.ts'
import { normalisePath, type NormalPath } from './normalise-uri.ts'
import type { OtherStep } from './other-steps.ts'
import { PatternGaveUp } from './pattern/pattern.ts'
import type { VirtualServer } from './read-config.ts'
import { normaliseHost } from './server-name.ts'

export interface AskedRequest {
  readonly socket: Socket
  /** The Host header, as sent. */
  readonly host: string
  /** The path and the query string, as sent: `/public/app.js?v=1`. */
  readonly target: string
  /** `https`, and not `http`; undefined: whatever is spoken there. */
  readonly isTls?: boolean
}

/** Who answers, and the whole way there. */
export type WhoAnswers = Answer & {
  /** All this holds if these point elsewhere, or to the address that was asked. */
  readonly names: readonly ListenedName[]
}

type Answer =
  | { readonly outcome: 'nobody-listens' }
  /** `https` where nginx speaks `http` only. */
  | { readonly outcome: 'no-tls' }
  /** nginx answers 400 itself (414 to what is too long); what it could not take. */
  | {
      readonly outcome: 'bad-request'
      readonly because: 'path' | 'host' | 'too-long' | 'needs-tls'
    }
  /** nginx answers 500: a pattern was tried in too many ways. */
  | { readonly outcome: 'gave-up'; readonly pattern: string }
  /** A `return` of the server answers, before any location is looked for. */
  | {
      readonly outcome: 'server-returns'
      readonly server: ServerChoice
      readonly host: string
      readonly path: NormalPath
      readonly step: OtherStep
    }
  | {
      readonly outcome: 'location' | 'redirect' | 'no-location'
      readonly server: ServerChoice
      readonly host: string
      readonly path: NormalPath
      readonly choice: LevelChoice
      readonly considered: readonly Considered[]
      /** All this holds if these, which come first, change nothing. */
      readonly before: readonly OtherStep[]
      /** What follows depends on these. */
      readonly after: readonly OtherStep[]
      /** Where nginx searches again, if a file is there or is not. */
      readonly next: readonly NextStep[]
    }

/** The longest line of a request that nginx takes (`large_client_header_buffers`), its end included. */
const longestLine = 8192

/** The server, then the location. Nothing of the query string is ever compared. */
export function whoAnswers(servers: readonly VirtualServer[], request: AskedRequest): WhoAnswers {
  const names = namesListened(servers, request.socket)
  try {
    return { ...answer(servers, request), names }
  } catch (error) {
    if (error instanceof PatternGaveUp) return { outcome: 'gave-up', pattern: error.source, names }
    throw error
  }
}

function answer(servers: readonly VirtualServer[], request: AskedRequest): Answer {
  const atFirst = chooseVirtualServer(servers, request.socket, '')
  if (!atFirst) return { outcome: 'nobody-listens' }
  if (request.isTls === true && !atFirst.speaksTls) return { outcome: 'no-tls' }
  const lineLength = new TextEncoder().encode(`GET ${request.target} HTTP/1.1\r\n`).length
  if (lineLength > longestLine) return { outcome: 'bad-request', because: 'too-long' }
  // The request line is read before the Host header: the default server's setting holds.
  const path = normalisePath(request.target, atFirst.defaultServer.mergeSlashes)
  if (!path) return { outcome: 'bad-request', because: 'path' }
  const host = normaliseHost(request.host)
  if (host === undefined) return { outcome: 'bad-request', because: 'host' }
  if (request.isTls === false && atFirst.speaksTls)
    return { outcome: 'bad-request', because: 'needs-tls' }
  const server = chooseVirtualServer(servers, request.socket, host)!
  const { before, locations, after: serverAfter } = server.server
  const way = { server, host, path }
  const [first] = before
  if (first?.name === 'return') return { outcome: 'server-returns', ...way, step: first }
  const choice = chooseLocation(locations, path.bytes)
  const { winner } = choice
  const found = { ...way, choice, before, considered: explain(choice, path.bytes) }
  if (choice.isRedirect) return { outcome: 'redirect', ...found, after: [], next: [] }
  if (!winner) return { outcome: 'no-location', ...found, after: serverAfter, next: [] }
  const next = nextSteps(server.server, winner, path.bytes)
  return { outcome: 'location', ...found, after: winner.after, next }
}
