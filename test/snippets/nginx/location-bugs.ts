import type { Bug } from './planted-bugs.ts'

/** Mistakes that a textbook, or a tired author, makes. */
export const locationBugs: readonly Bug[] = [
  {
    name: 'a nested ^~ ends the search of the level around',
    file: 'nginx/choose-location.ts',
    find: 'if (!prefix?.endsSearch) {',
    replace:
      "if (!prefix?.endsSearch && !(inside?.winner?.kind === 'prefix' && inside.winner.endsSearch)) {",
  },
  {
    name: 'patterns are asked before exact names',
    file: 'nginx/choose-location.ts',
    find: "one.kind === 'exact' && one.bytes === path)",
    replace:
      "one.kind === 'exact' && one.bytes === path && !level.some((other) => other.kind === 'regex' && other.pattern.test(path)))",
  },
  {
    name: 'the first prefix wins, not the longest',
    file: 'nginx/choose-location.ts',
    find: '.toSorted((a, b) => b.bytes.length - a.bytes.length)',
    replace: '',
  },
  {
    name: '^~ is forgotten',
    file: 'nginx/choose-location.ts',
    find: 'if (!prefix?.endsSearch) {',
    replace: 'if (prefix || !prefix) {',
  },
  {
    name: 'the last pattern that matches wins',
    file: 'nginx/choose-location.ts',
    find: "level.find((one) => one.kind === 'regex'",
    replace: "level.findLast((one) => one.kind === 'regex'",
  },
  {
    name: 'names inside a pattern are found',
    file: 'nginx/choose-location.ts',
    find: '.nested.filter(isReachable)',
    replace: '.nested',
  },
  {
    name: 'the slash is added although a pattern would match',
    file: 'nginx/choose-location.ts',
    find: 'const redirect = slashAdding(level, path)',
    replace:
      "const redirect = level.some((one) => one.kind === 'regex' && one.pattern.test(path)) ? undefined : slashAdding(level, path)",
  },
  {
    name: 'what is nested in a prefix does not count as final',
    file: 'nginx/choose-location.ts',
    find: 'if (inside?.isFinal)',
    replace: "if (inside?.endedBy === 'exact')",
  },
  {
    name: 'the query string is compared too',
    file: 'nginx/normalise-uri.ts',
    find: '/[?#]/',
    replace: '/#/',
  },
  {
    name: 'slashes are not merged',
    file: 'nginx/normalise-uri.ts',
    find: "(segment === '' && mergeSlashes)",
    replace: "(segment === '' && !mergeSlashes)",
  },
  {
    name: 'a dot at the end leaves no slash',
    file: 'nginx/normalise-uri.ts',
    find: "if (index === last) way.push('')",
    replace: "if (index === last && segment === '') way.push('')",
  },
  {
    name: '.. stops at the root',
    file: 'nginx/normalise-uri.ts',
    find: 'way.pop() === undefined) return undefined',
    replace: 'way.pop() === undefined) continue',
  },
  {
    name: '$ matches at the very end only',
    file: 'nginx/pattern/read-pattern.ts',
    find: "if (char === '$') return { kind: 'at', place: 'end' }",
    replace: "if (char === '$') return { kind: 'at', place: 'very-end' }",
  },
  {
    name: '~* minds upper case',
    file: 'nginx/location.ts',
    find: "sign === '~*'",
    replace: "sign === '~!'",
  },
]
