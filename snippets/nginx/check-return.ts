import { refusedByNginx } from './config-error.ts'
import type { Directive } from './directives.ts'

/** `return CODE`, `return CODE TEXT` or `return URL`. */
export function checkReturn({ args: [first = '', text], headLine }: Directive): void {
  const isUrl = text === undefined && /^(?:https?:\/\/|\$)/.test(first)
  const isCode = /^\d+$/.test(first) && Number(first) <= 999
  if (!isUrl && !isCode) throw refusedByNginx(headLine, `invalid return code "${first}"`)
}
