import type { Seeded } from './seeded.ts'

/** A `location` block to be printed; `=`, `^~`, `~`, `~*` or nothing before its name. */
export interface MadeLocation {
  readonly modifier: '=' | '^~' | '~' | '~*' | ''
  readonly name: string
  readonly isProxied: boolean
  readonly nested: readonly MadeLocation[]
}

const segments = ['a', 'b', 'ab', 'a.b', 'A', 'a b', 'é']
const patterns = [
  ...['^/a', 'b$', '\\.b$', '/a/.*b', '^/[ab]+/', '(?:a|b)/?$', '^/(a|ab)(/|$)', '/b', 'A', '^/$'],
  ...['.', '//', '^/a/?$', 'a{2}', '[^/]+/[^/]+$', '^/(?!a)', '\\d', '\\sb', '/a', 'a*$', 'é'],
  // What JavaScript has not, or reads otherwise.
  ...[
    '(?i)^/a',
    'a++b',
    '(?<=a)b',
    '(?<!/)a$',
    '[[:alpha:]]$',
    '[^[:alpha:]/]',
    '(?>a|ab)b',
    '\\h',
  ],
  ...['^/(?P<x>a)', '[]a]$', '\\x61$', '[^\\s/]+$', '[\\w-]{2,}$', '^/(a|b)*?b', '(?:a{0,2}b)+$'],
  ...['(?i:A)b', '\\Aa|/b\\z', '^/[a-c]{1,2}+b', '(a*)*b', 'b\\b', '\\Ba', '^/[^a]', '(?=.*b).a'],
]

/** The locations of one level, with every kind of nesting that nginx allows. */
export function makeLevel(seeded: Seeded, count: number, parent?: MadeLocation): MadeLocation[] {
  const depth = parent ? 0.25 : 0.5
  const made = seeded.list(count, () => {
    const modifier = seeded.pick(['=', '^~', '^~', '', '', '', '~', '~', '~*'] as const)
    const isPattern = modifier === '~' || modifier === '~*'
    const name = isPattern ? makePattern(seeded, modifier) : makeName(seeded, parent)
    const bare = { modifier, name, isProxied: seeded.isLucky(0.4), nested: [] }
    if (modifier === '=' || !seeded.isLucky(depth)) return bare
    return { ...bare, nested: makeLevel(seeded, seeded.between(1, 3), bare) }
  })
  return made.filter((one, index) => made.findIndex((other) => isSame(one, other)) === index)
}

const isSame = (one: MadeLocation, other: MadeLocation): boolean =>
  one === other ||
  (one.name === other.name && kindOf(one) === kindOf(other) && kindOf(one) !== 'regex')

const kindOf = ({ modifier }: MadeLocation) =>
  modifier === '=' ? 'exact' : modifier.startsWith('~') ? 'regex' : 'prefix'

const makePattern = (seeded: Seeded, modifier: string): string => {
  const usable =
    modifier === '~*' ? patterns.filter((pattern) => /^[ -~]*$/.test(pattern)) : patterns
  return seeded.pick(usable)
}

/** Inside another location a name begins with that one's, a pattern's text included. */
function makeName(seeded: Seeded, parent: MadeLocation | undefined): string {
  const base = parent?.name ?? ''
  const path = seeded.list(seeded.between(0, parent ? 1 : 2), () => seeded.pick(segments)).join('/')
  const slash = seeded.isLucky(0.5) ? '/' : ''
  const joint = base.endsWith('/') || (base !== '' && seeded.isLucky(0.3)) ? '' : '/'
  return `${base}${joint}${path}${path ? slash : ''}`
}

/** Prints locations; each answers with the number of the line on which it begins. */
export function printLevel(level: readonly MadeLocation[], firstLine: number): string[] {
  const lines: string[] = []
  for (const { modifier, name, isProxied, nested } of level) {
    const line = firstLine + lines.length
    lines.push(`location ${modifier} "${name.replace(/["\\]/g, '\\$&')}" {`, `return 200 ${line};`)
    if (isProxied) lines.push('proxy_pass http://127.0.0.1:9;')
    lines.push(...printLevel(nested, firstLine + lines.length), '}')
  }
  return lines
}

/** Every way to take one location away. */
export function* smaller(level: readonly MadeLocation[]): Generator<readonly MadeLocation[]> {
  for (const [index, one] of level.entries()) {
    yield level.toSpliced(index, 1)
    for (const nested of smaller(one.nested)) yield level.with(index, { ...one, nested })
  }
}

/** A request target: a path with everything that normalising has to undo, or refuse. */
export function makeTarget(seeded: Seeded): string {
  const odd = [
    '.',
    '..',
    '',
    '%2e%2E',
    '%61',
    'a%2Fb',
    'a%3Fb',
    '%25',
    '%2',
    '%00',
    'a%20b',
    '%C3%A9',
  ]
  const more = ['é', 'a+b', 'a%0A', 'b%0a', 'aa', '5', 'a;b', '%23', '%5c', '...', '.a', 'a.']
  const path = seeded.list(seeded.between(0, 4), () =>
    seeded.isLucky(0.8)
      ? seeded.pick(segments).replace(' ', '%20')
      : seeded.pick([...odd, ...more]),
  )
  const end = seeded.isLucky(0.3) ? '/' : ''
  const query = seeded.pick(['', '', '', '', '?v=1', '?/b', '#a', '?a.b#b'])
  return `/${path.join('/')}${end}${query}`
}
