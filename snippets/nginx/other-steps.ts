import type { Directive } from './directives.ts'

/** A directive that sends a request elsewhere, before the search for its location or after it. */
export interface OtherStep {
  readonly name: string
  readonly args: readonly string[]
  readonly line: number
}

const stepOf = ({ name, args, line }: Directive): OtherStep => ({ name, args, line })

/**
 * Of a `server` block, what nginx does before it looks for a location. A `return` or `break` that it
 * is sure to reach ends the list.
 * https://nginx.org/en/docs/http/ngx_http_rewrite_module.html
 */
export function stepsBefore(block: readonly Directive[]): readonly OtherStep[] {
  const steps = block.filter(({ name }) => /^(?:return|rewrite|if|break)$/.test(name))
  const end = steps.findIndex(({ name }) => name === 'return' || name === 'break')
  const reached = end < 0 ? steps : steps.slice(0, end + 1)
  return reached.filter(({ name }) => name !== 'break').map(stepOf)
}

/** Of a location, what may send the request elsewhere once it was found. */
export const stepsAfter = (block: readonly Directive[]): readonly OtherStep[] =>
  block.filter(({ name }) => isLater.test(name)).map(stepOf)

const isLater = /^(?:try_files|rewrite|if|error_page|internal|auth_request|random_index)$/

/** What a block hands down to the blocks in it that say nothing of their own. */
export interface Inherited {
  /** The names that `index` looks for. */
  readonly index: readonly string[]
  readonly errorPages: readonly OtherStep[]
  readonly authRequest: readonly OtherStep[]
}

export const atFirst: Inherited = { index: ['index.html'], errorPages: [], authRequest: [] }

export function inheritedIn(block: readonly Directive[], from: Inherited): Inherited {
  const all = (name: string) => block.filter((one) => one.name === name)
  const own = <T>(found: readonly T[], inherited: readonly T[]) =>
    found.length > 0 ? found : inherited
  return {
    index: own(
      all('index').flatMap(({ args }) => args),
      from.index,
    ),
    errorPages: own(all('error_page').map(stepOf), from.errorPages),
    authRequest: own(all('auth_request').map(stepOf), from.authRequest),
  }
}
