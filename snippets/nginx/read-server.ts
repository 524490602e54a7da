import { checkReturn } from './check-return.ts'
import type { Directive } from './directives.ts'
import { defaultListen, readListen, type Listen } from './listen.ts'
import { readLocation, type Location } from './location.ts'
import { inheritedIn, stepsAfter, stepsBefore } from './other-steps.ts'
import type { Inherited, OtherStep } from './other-steps.ts'
import type { Problems } from './problems.ts'
import { readServerName, type ServerName } from './server-name.ts'

/** A `server` block, as far as it decides who answers. */
export interface VirtualServer {
  readonly listens: readonly Listen[]
  readonly names: readonly ServerName[]
  readonly locations: readonly Location[]
  readonly mergeSlashes: boolean
  /** What nginx does before it looks for a location. */
  readonly before: readonly OtherStep[]
  /** What may send a request elsewhere that no location answers. */
  readonly after: readonly OtherStep[]
  readonly line: number
  readonly lastLine: number
}

export interface Around {
  readonly mergesSlashes: boolean
  readonly inherited: Inherited
}

export function readServer(
  { line, lastLine, block = [] }: Directive,
  { mergesSlashes, inherited }: Around,
  problems: Problems,
): VirtualServer {
  const own = inheritedIn(block, inherited)
  const listens: Listen[] = []
  const names: ServerName[] = []
  const locations: Location[] = []
  const flag = block.findLast(({ name }) => name === 'merge_slashes')?.args[0]
  for (const directive of block)
    problems.take(() => {
      if (directive.name === 'listen') listens.push(...readListen(directive))
      else if (directive.name === 'location')
        locations.push(...location(directive, undefined, own, problems))
      else if (directive.name === 'return') checkReturn(directive)
      else if (directive.name === 'server_name')
        for (const name of directive.args)
          problems.take(() => names.push(readServerName(name, directive.line)))
    })
  return {
    listens: listens.length > 0 ? listens : [defaultListen(line)],
    // A server without a name is called "".
    names: names.length > 0 ? names : [readServerName('', line)],
    locations,
    mergeSlashes: flag === undefined ? mergesSlashes : flag.toLowerCase() === 'on',
    before: stepsBefore(block),
    after: stepsAfter(block).filter(({ name }) => name !== 'rewrite' && name !== 'if'),
    ...{ line, lastLine },
  }
}

function location(
  directive: Directive,
  parent: Location | undefined,
  around: Inherited,
  problems: Problems,
): readonly Location[] {
  const { block = [] } = directive
  const inherited = inheritedIn(block, around)
  const after = [...stepsAfter(block)]
  for (const step of [...inherited.errorPages, ...inherited.authRequest])
    if (!after.some(({ line, name }) => line === step.line && name === step.name)) after.push(step)
  const bare = problems.take(() =>
    readLocation(directive, { nested: [], after, index: inherited.index }, parent),
  )
  if (!bare) return []
  const nested = block.flatMap((inner) => {
    if (inner.name === 'location') return location(inner, bare, inherited, problems)
    if (inner.name === 'return') problems.take(() => checkReturn(inner))
    return []
  })
  return [{ ...bare, nested }]
}
