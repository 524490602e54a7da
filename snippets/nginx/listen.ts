import { refusedByNginx } from './config-error.ts'
import type { Directive } from './directives.ts'
import { endpointsOf, type Endpoint } from './endpoints.ts'

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#listen */
export interface Listen extends Endpoint {
  readonly isDefault: boolean
  readonly isTls: boolean
  /** HTTP/3: a socket of UDP, beside that of the same port for all who come by TCP. */
  readonly isQuic: boolean
  /** Options of the socket, which only one server may name. */
  readonly hasOptions: boolean
  /** `[::]` with `ipv6only=off`: one socket for the IPv4 addresses, too. */
  readonly isForBoth: boolean
  /** `reuseport`: others that say so may listen beside it. */
  readonly reusesPort: boolean
  readonly line: number
}

/** A server without `listen`, as nginx started by root has it. */
export const defaultListen = (line: number): Listen => ({
  ...{ address: '*', port: 80, lastPort: 80, host: undefined },
  ...{ isDefault: false, isTls: false, isQuic: false },
  ...{ hasOptions: false, isForBoth: false, reusesPort: false, line },
})

const words = /^(?:default_server|default|ssl|http2|quic|spdy|proxy_protocol)$/
const socketOptions =
  /^(?:bind|deferred|reuseport|setfib=\d+|fastopen=\d+|backlog=-?\d+|(?:rcv|snd)buf=\d+[kKmM]?|accept_filter=\S+|ipv6only=(?:on|off)|so_keepalive=\S+)$/

/** More than one where a name has more than one address. */
export function readListen({ args, headLine: line, swallowed }: Directive): readonly Listen[] {
  const [where = '', ...options] = args
  const endpoints = endpointsOf(where, (why) =>
    refusedByNginx(line, `${why} in "${where}" of the "listen" directive`),
  )
  for (const option of options) {
    if (/^ipv6only=o(?!n$|ff$)/.test(option))
      throw refusedByNginx(line, `invalid ipv6only flags "${option.slice('ipv6only='.length)}"`)
    if (!words.test(option) && !socketOptions.test(option))
      throw refusedByNginx(line, `invalid parameter "${option}"`, swallowed)
  }
  const ipv6only = options.findLast((option) => option.startsWith('ipv6only='))
  return endpoints.map((endpoint) => ({
    ...endpoint,
    isDefault: options.some((option) => option.startsWith('default')),
    isTls: options.includes('ssl'),
    isQuic: options.includes('quic'),
    hasOptions: options.some((option) => socketOptions.test(option)),
    isForBoth: ipv6only === 'ipv6only=off' && endpoint.address === '[::]',
    reusesPort: options.includes('reuseport'),
    line,
  }))
}

/** As nginx prints it; the sockets of UDP bear the same names. */
export const nameOfSocket = ({ address }: Listen, port: number): string =>
  port === 0 ? address : `${address === '*' ? '0.0.0.0' : address}:${port}`
