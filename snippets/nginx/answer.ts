import { chooseLocation, type LevelChoice } from './choose-location.ts'
import { chooseVirtualServer, type ServerChoice, type Socket } from './choose-virtual-server.ts'
import { explain, type Considered } from './explain-location.ts'
import { normalisePath, type NormalPath } from './normalise-uri.ts'
import type { VirtualServer } from './read-config.ts'
import { normaliseHost } from './server-name.ts'

export interface AskedRequest {
  readonly socket: Socket
  /** The Host header, as sent. */
  readonly host: string
  /** The path and the query string, as sent: `/public/app.js?v=1`. */
  readonly target: string
}

/** Who answers, and the whole way there. */
export type WhoAnswers =
  | { readonly outcome: 'nobody-listens' }
  /** nginx answers 400 itself; what it could not take. */
  | { readonly outcome: 'bad-request'; readonly because: 'path' | 'host' }
  | {
      readonly outcome: 'location' | 'redirect' | 'no-location'
      readonly server: ServerChoice
      readonly host: string
      readonly path: NormalPath
      readonly choice: LevelChoice
      readonly considered: readonly Considered[]
    }

/** The server, then the location. Nothing of the query string is ever compared. */
export function whoAnswers(servers: readonly VirtualServer[], request: AskedRequest): WhoAnswers {
  const atFirst = chooseVirtualServer(servers, request.socket, '')
  if (!atFirst) return { outcome: 'nobody-listens' }
  // The request line is read before the Host header: the default server's setting holds.
  const path = normalisePath(request.target, atFirst.defaultServer.mergeSlashes)
  if (!path) return { outcome: 'bad-request', because: 'path' }
  const host = normaliseHost(request.host)
  if (host === undefined) return { outcome: 'bad-request', because: 'host' }
  const server = chooseVirtualServer(servers, request.socket, host)!
  const choice = chooseLocation(server.server.locations, path.bytes)
  const considered = explain(choice, path.bytes)
  const outcome = choice.isRedirect ? 'redirect' : choice.winner ? 'location' : 'no-location'
  return { outcome, server, host, path, choice, considered }
}
