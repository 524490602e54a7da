import { ConfigError, refusedByNginx } from './config-error.ts'
import type { Directive } from './directives.ts'
import { canonicalIpv6 } from './ipv6.ts'

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#listen */
export interface Listen {
  /** `*` for every IPv4 address, `[::]` for every IPv6 address; `unix:…` for a file. */
  readonly address: string
  /** 0 of a file. */
  readonly port: number
  readonly isDefault: boolean
  readonly isTls: boolean
  /** HTTP/3: a socket of UDP, beside that of the same port for all who come by TCP. */
  readonly isQuic: boolean
  /** Options of the socket, which only one server may name. */
  readonly hasOptions: boolean
  readonly line: number
}

/** A server without `listen`, as nginx started by root has it. */
export const defaultListen = (line: number): Listen => ({
  ...{
    address: '*',
    port: 80,
    isDefault: false,
    isTls: false,
    isQuic: false,
    hasOptions: false,
    line,
  },
})

const words = /^(?:default_server|default|ssl|http2|quic|spdy|proxy_protocol)$/
const socketOptions =
  /^(?:bind|deferred|reuseport|setfib=\d+|fastopen=\d+|backlog=-?\d+|(?:rcv|snd)buf=\d+[kKmM]?|accept_filter=\S+|ipv6only=(?:on|off)|so_keepalive=\S+)$/

export function readListen({ args, headLine: line, swallowed }: Directive): Listen {
  const [where = '', ...options] = args
  for (const option of options) {
    if (option === 'ipv6only=off') throw notModelled(line, `listen … ${option}`)
    if (!words.test(option) && !socketOptions.test(option))
      throw refusedByNginx(line, `invalid parameter "${option}"`, swallowed)
  }
  return {
    ...socketOf(where, line),
    isDefault: options.some((option) => option.startsWith('default')),
    isTls: options.includes('ssl'),
    isQuic: options.includes('quic'),
    hasOptions: options.some((option) => socketOptions.test(option)),
    line,
  }
}

/** `80`, `*`, `*:80`, `127.0.0.1`, `127.0.0.1:80`, `[::]:80`, `unix:/run/x` */
function socketOf(where: string, line: number) {
  if (where.startsWith('unix:')) return { address: where, port: 0 }
  const parts = /^(?:(\*|\d+\.\d+\.\d+\.\d+|\[[^\]]*\])(?::|$))?(.*)$/.exec(where)!
  const [, host = '*', port = ''] = parts
  if (where.endsWith(':') || (port !== '' && !/^\d+$/.test(port)))
    throw /^[^:]*:?\d+-\d+$/.test(where) || /^[a-z]/i.test(where)
      ? notModelled(line, `listen ${where}`)
      : refusedByNginx(line, `invalid port in "${where}" of the "listen" directive`)
  const number = Number(port || 80)
  if (number < 1 || number > 65535)
    throw refusedByNginx(line, `invalid port in "${where}" of the "listen" directive`)
  const address = host.startsWith('[') ? canonicalIpv6(host) : host === '0.0.0.0' ? '*' : host
  if (address === undefined)
    throw refusedByNginx(line, `invalid IPv6 address in "${where}" of the "listen" directive`)
  return { address, port: number }
}

/** As nginx prints it; the sockets of UDP bear the same names. */
export const nameOfSocket = ({ address, port }: Listen): string =>
  port === 0 ? address : `${address === '*' ? '0.0.0.0' : address}:${port}`

const notModelled = (line: number, text: string) =>
  new ConfigError(line, { kind: 'not-modelled', text })
