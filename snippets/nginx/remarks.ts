import type { Hint } from './config-error.ts'
import type { Directive } from './directives.ts'
import { isOfOtherModule } from './other-modules.ts'

/** What a reader must know of a configuration that was read. */
export interface Remarks {
  /** Names of nginx's own directives that have no say in who answers; their values were not read. */
  readonly passedOver: readonly string[]
  /** The same of directives from modules that are not nginx's own. */
  readonly ofOtherModules: readonly string[]
  /** Files that are not here: nobody knows what stands in them. */
  readonly includes: readonly { readonly file: string; readonly line: number }[]
  /** nginx starts, but took what looks like a directive for a word of the one before. */
  readonly swallowed: readonly Hint[]
}

const isRead =
  /^(?:http|events|server|location|listen|server_name|merge_slashes|return|rewrite|if|break|try_files|error_page|internal|auth_request|random_index|index|include)$/
/** These hold lists of their own, or connections that are not HTTP's. */
const isClosed = /^(?:map|geo|types|split_clients|charset_map|upstream|events|stream|mail)$/

export function remarksOn(directives: readonly Directive[]): Remarks {
  const all = directives.flatMap(withInner)
  const names = [...new Set(all.map(({ name }) => name))].filter((name) => !isRead.test(name))
  return {
    passedOver: names.filter((name) => !isOfOtherModule(name)),
    ofOtherModules: names.filter(isOfOtherModule),
    includes: all
      .filter(({ name }) => name === 'include')
      .map(({ args, line }) => ({ file: args[0]!, line })),
    swallowed: all.flatMap(({ swallowed }) => swallowed ?? []),
  }
}

const withInner = (directive: Directive): readonly Directive[] => [
  directive,
  ...(isClosed.test(directive.name) || isOfOtherModule(directive.name)
    ? []
    : (directive.block ?? []).flatMap(withInner)),
]
