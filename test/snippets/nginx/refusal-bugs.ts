import type { Bug } from './planted-bugs.ts'

/** Mistakes of a reader of configurations. */
export const refusalBugs: readonly Bug[] = [
  {
    name: 'a block may follow any directive',
    file: 'nginx/check-directive.ts',
    find: "!kind.opensBlock && end.kind === '{'",
    replace: "!kind.opensBlock && end.kind === '}'",
  },
  {
    name: 'words are not counted',
    file: 'nginx/check-directive.ts',
    find: 'args.length < kind.fewest || args.length > kind.most',
    replace: 'args.length < kind.fewest',
  },
  {
    name: 'a directive may stand anywhere',
    file: 'nginx/check-directive.ts',
    find: 'known.find(({ isAllowedIn }) => isAllowedIn(place))',
    replace: 'known[0]',
  },
  {
    name: 'nothing is said twice too often',
    file: 'nginx/check-twice.ts',
    find: 'if (isSaid(name)) return',
    replace: 'if (isSaid(name) && seen.size < 0) return',
  },
  {
    name: 'the words of listen are not read',
    file: 'nginx/listen.ts',
    find: 'if (!words.test(option) && !socketOptions.test(option))',
    replace: "if (option === '')",
  },
  {
    name: 'a problem is told on the line where its directive begins',
    file: 'nginx/check-directive.ts',
    find: 'refusedByNginx(end.line, text, hint)',
    replace: 'refusedByNginx(words[0]!.line, text, hint)',
  },
  {
    name: 'any sign may stand before a location’s name',
    file: 'nginx/location.ts',
    find: 'args.length === 2 &&',
    replace: 'args.length === 3 &&',
  },
  {
    name: 'a } too many is passed over',
    file: 'nginx/directives.ts',
    find: 'end(refusedByNginx(token.line, \'unexpected "}"\'))',
    replace: 'at++',
  },
]
