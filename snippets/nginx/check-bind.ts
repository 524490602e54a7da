import { refusedByNginx, type ConfigError } from './config-error.ts'
import { sharedPort, takes } from './endpoints.ts'
import { nameOfSocket, type Listen } from './listen.ts'
import type { VirtualServer } from './read-server.ts'

/**
 * What nginx meets when it starts, and `nginx -t` passes over: Linux lets nobody listen on all
 * addresses of a port where somebody listens on one of them.
 */
export function bindProblems(servers: readonly VirtualServer[]): readonly ConfigError[] {
  const all = servers
    .flatMap(({ listens }) => listens)
    .filter(({ port, isQuic, host }) => port > 0 && !isQuic && host === undefined)
  const explicit = all.filter(({ hasOptions }) => hasOptions)
  const told = new Set<string>()
  return explicit.flatMap((one) =>
    all.flatMap((other) => {
      const clash = clashOf(one, other, all)
      if (!clash) return []
      const { port, late, early } = clash
      const text = `bind() to ${nameOfSocket(late, port)} failed (98: Address already in use)`
      if (told.has(text) || !told.add(text)) return []
      return [refusedByNginx(late.line, text, { kind: 'taken', line: early.line })]
    }),
  )
}

/** `one` has options, and so a socket of its own. `late` is bound after `early`. */
function clashOf(one: Listen, other: Listen, all: readonly Listen[]) {
  const port = sharedPort(one, other)
  if (port === undefined || one.address === other.address) return undefined
  const isHere = (listen: Listen) => takes(listen, port)
  const isReused = () =>
    all.some((listen) => listen.address === other.address && listen.reusesPort && isHere(listen))
  if (one.reusesPort && isReused()) return undefined
  if (isIpv6(one) === isIpv6(other))
    return isWildcard(other) ? { port, late: other, early: one } : undefined
  if (!one.isForBoth) return undefined
  // Beside a socket of `*` nginx makes no other for an address without options.
  const isOpened =
    isWildcard(other) ||
    other.hasOptions ||
    !all.some((listen) => listen.address === '*' && isHere(listen))
  if (!isOpened) return undefined
  // The family that the file names first comes first.
  const [late, early] = isIpv6(all.find(isHere)!) ? [other, one] : [one, other]
  return { port, late, early }
}

const isIpv6 = ({ address }: Listen): boolean => address.startsWith('[')
const isWildcard = ({ address }: Listen): boolean => address === '*' || address === '[::]'
