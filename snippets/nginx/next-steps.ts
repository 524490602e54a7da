import { chooseLocation, type LevelChoice } from './choose-location.ts'
import type { Location } from './location.ts'
import { fromBytes, toBytes } from './normalise-uri.ts'
import type { VirtualServer } from './read-server.ts'

/** Where nginx searches again, if the disk is as it must be for that. */
export interface NextStep {
  /** `index`: the folder holds this file. `try_files`: none of the files before is there. */
  readonly because: 'index' | 'try_files'
  /** What is searched for then: a path, or `@name`. */
  readonly target: string
  readonly winner: Location | undefined
  /** How it was found; none for `@name`. */
  readonly choice: LevelChoice | undefined
}

/**
 * The internal redirects that follow from what a location says itself. `index` need not be written:
 * it is nginx's default.
 * https://nginx.org/en/docs/http/ngx_http_index_module.html
 */
export function nextSteps(
  server: VirtualServer,
  location: Location,
  path: string,
): readonly NextStep[] {
  const steps: NextStep[] = []
  const searchFor = (because: NextStep['because'], target: string) => {
    const choice = chooseLocation(server.locations, target)
    steps.push({ because, target: fromBytes(target), winner: choice.winner, choice })
  }
  const isServed = !location.after.some(({ name }) => name === 'try_files' || name === 'internal')
  if (path.endsWith('/') && isServed)
    for (const file of location.index)
      if (!file.includes('$'))
        searchFor('index', file.startsWith('/') ? toBytes(file) : path + toBytes(file))
  const last = location.after.find(({ name }) => name === 'try_files')?.args.at(-1)
  if (last?.startsWith('@')) {
    const winner = server.locations.find(({ kind, name }) => kind === 'named' && name === last)
    steps.push({ because: 'try_files', target: last, winner, choice: undefined })
  } else if (last !== undefined) {
    const target = last.replace(/(?:\?|\$is_args).*$/s, '')
    if (target.startsWith('/') && !target.includes('$')) searchFor('try_files', toBytes(target))
  }
  return steps
}
