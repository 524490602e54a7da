import { ConfigError, refusedByNginx } from './config-error.ts'
import type { Directive } from './directives.ts'

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#listen */
export interface Listen {
  /** `*` for every IPv4 address. */
  readonly address: string
  readonly port: number
  readonly isDefault: boolean
  readonly line: number
}

/** A server without `listen`, as nginx started by root has it. */
export const defaultListen = (line: number): Listen => ({
  address: '*',
  port: 80,
  isDefault: false,
  line,
})

export function readListen({ args, line }: Directive): Listen {
  const [where = '', ...options] = args
  if (where === '') throw refusedByNginx(line, 'invalid number of arguments in "listen"')
  const isDefault = options.some((option) => option === 'default_server' || option === 'default')
  const strange = options.find((option) => option !== 'default_server' && option !== 'default')
  if (strange !== undefined) throw notModelled(line, `listen … ${strange}`)
  // `80`, `*`, `*:80`, `127.0.0.1`, `127.0.0.1:80`
  const parts = /^(?:(\*|\d+\.\d+\.\d+\.\d+)(?::|$))?(\d*)$/.exec(where)
  if (!parts || where.endsWith(':')) throw notModelled(line, `listen ${where}`)
  const [, address = '*', port] = parts
  const number = Number(port || 80)
  if (number < 1 || number > 65535) throw refusedByNginx(line, `invalid port in "${where}"`)
  return { address: address === '0.0.0.0' ? '*' : address, port: number, isDefault, line }
}

const notModelled = (line: number, text: string) =>
  new ConfigError(line, { kind: 'not-modelled', text })
