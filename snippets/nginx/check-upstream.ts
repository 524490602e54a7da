import { refusedByNginx } from './config-error.ts'
import type { Directive } from './directives.ts'
import type { Problems } from './problems.ts'

/** What a method takes beside its servers; the default takes everything. */
const methods: Readonly<Record<string, RegExp>> = {
  least_conn: /^(?:weight|max_conns|max_fails|fail_timeout|down|backup)$/,
  ip_hash: /^(?:weight|max_conns|max_fails|fail_timeout|down)$/,
  hash: /^(?:weight|max_conns|max_fails|fail_timeout|down)$/,
  random: /^(?:weight|max_conns|max_fails|fail_timeout|down)$/,
}

const parameter = /^(?:(?:weight|max_conns|max_fails)=\d+|fail_timeout=\d\w*|backup|down)$/

/**
 * The servers of an `upstream`. A method is asked for what it takes only by the lines below it, and
 * nginx does not look back.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server
 */
export function checkUpstream({ block = [], lastLine }: Directive, problems: Problems): void {
  let takes = methods.least_conn!
  for (const { name, args, swallowed, headLine: line } of block) {
    takes = methods[name] ?? takes
    if (name !== 'server') continue
    problems.take(() => {
      for (const word of args.slice(1)) {
        if (!parameter.test(word) || /^weight=0+$/.test(word))
          throw refusedByNginx(line, `invalid parameter "${word}"`, swallowed)
        if (!takes.test(word.split('=', 1)[0]!))
          throw refusedByNginx(line, `balancing method does not support parameter "${word}"`)
      }
    })
  }
  problems.take(() => {
    if (!block.some(({ name }) => name === 'server'))
      throw refusedByNginx(lastLine, 'no servers are inside upstream')
  })
}
