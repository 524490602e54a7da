import { ConfigError, refusedByNginx } from './config-error.ts'
import { parse, type Directive } from './directives.ts'
import { notModelled, withoutInfluence } from './known-directives.ts'
import { defaultListen, readListen, type Listen } from './listen.ts'
import { checkDuplicates, readLocation, type Location } from './location.ts'
import { readServerName, type ServerName } from './server-name.ts'

/** A `server` block, as far as it decides who answers. */
export interface VirtualServer {
  readonly listens: readonly Listen[]
  readonly names: readonly ServerName[]
  readonly locations: readonly Location[]
  readonly mergeSlashes: boolean
  readonly line: number
  readonly lastLine: number
}

/**
 * Reads one or more `server` blocks. Throws `ConfigError` for what nginx refuses, and for every
 * directive that could change the answer and is not modelled: nothing is guessed.
 */
export function readConfig(text: string): readonly VirtualServer[] {
  const servers = parse(text).flatMap((directive) => {
    if (directive.name === 'upstream') return []
    if (directive.name !== 'server') {
      checkHarmless(directive, 'the http block')
      return []
    }
    if (!directive.block)
      throw refusedByNginx(directive.line, 'directive "server" has no opening "{"')
    return [readServer(directive, directive.block)]
  })
  checkDefaults(servers)
  return servers
}

function readServer({ line, lastLine }: Directive, block: readonly Directive[]): VirtualServer {
  const listens: Listen[] = []
  const names: ServerName[] = []
  const locations: Location[] = []
  let mergeSlashes = true
  for (const directive of block) {
    if (directive.name === 'listen') listens.push(readListen(directive))
    else if (directive.name === 'server_name')
      names.push(...directive.args.map((name) => readServerName(name, directive.line)))
    else if (directive.name === 'location') locations.push(location(directive, undefined))
    else if (directive.name === 'merge_slashes') mergeSlashes = readFlag(directive)
    else if (directive.name === 'return')
      throw new ConfigError(directive.line, {
        kind: 'not-modelled',
        text: 'return, outside a location',
      })
    else checkHarmless(directive, 'a server block')
  }
  checkDuplicates(locations)
  checkListens(listens)
  return {
    listens: listens.length > 0 ? listens : [defaultListen(line)],
    // A server without a name is called "".
    names: names.length > 0 ? names : [readServerName('', line)],
    locations,
    mergeSlashes,
    line,
    lastLine,
  }
}

function location(directive: Directive, parent: Location | undefined): Location {
  const { block, line } = directive
  if (!block) throw refusedByNginx(line, 'directive "location" has no opening "{"')
  const bare = readLocation(directive, [], parent)
  const nested = block.flatMap((inner) => {
    if (inner.name === 'location') return [location(inner, bare)]
    if (inner.name !== 'return') checkHarmless(inner, 'a location')
    return []
  })
  // What nginx never looks for, it does not compare either.
  if (bare.kind !== 'regex') checkDuplicates(nested)
  return { ...bare, nested }
}

function checkHarmless(directive: Directive, place: string): void {
  const { name, line, block } = directive
  const isForLocations = /_pass$|^alias$/.test(name) && place !== 'a location'
  if (isForLocations || ours.has(name))
    throw new ConfigError(line, { kind: 'not-allowed-here', text: name, place })
  if (!withoutInfluence.has(name)) {
    const kind = notModelled.has(name) ? 'not-modelled' : 'unknown-directive'
    throw new ConfigError(line, { kind, text: name })
  }
  if (block && name !== 'types')
    throw refusedByNginx(line, `directive "${name}" is not terminated by ";"`)
}

/** Read elsewhere; here they are out of place. */
const ours = new Set([
  'server',
  'upstream',
  'location',
  'listen',
  'server_name',
  'merge_slashes',
  'return',
])

function readFlag({ args, line, name }: Directive): boolean {
  if (args.length !== 1 || !/^(?:on|off)$/i.test(args[0]!))
    throw refusedByNginx(line, `invalid value "${args.join(' ')}" in "${name}"`)
  return args[0]!.toLowerCase() === 'on'
}

const socketOf = ({ address, port }: Listen): string => `${address}:${port}`

function checkListens(listens: readonly Listen[]): void {
  const sockets = listens.map(socketOf)
  const twice = listens.find((listen, index) => sockets.indexOf(socketOf(listen)) < index)
  if (twice) throw refusedByNginx(twice.line, `a duplicate listen ${socketOf(twice)}`)
}

function checkDefaults(servers: readonly VirtualServer[]): void {
  const defaults = servers.flatMap(({ listens }) => listens.filter(({ isDefault }) => isDefault))
  const sockets = defaults.map(socketOf)
  const second = defaults.find((listen, index) => sockets.indexOf(socketOf(listen)) < index)
  if (second)
    throw refusedByNginx(second.line, `a duplicate default server for ${socketOf(second)}`)
}
