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
    name: 'a range of ports may end before it begins',
    file: 'nginx/endpoints.ts',
    find: "if (Number(first) > Number(last)) throw refuse('invalid port range')",
    replace: 'if (Number(first) > Number(last)) return [Number(last), Number(first)]',
  },
  {
    name: 'a port may have any number',
    file: 'nginx/endpoints.ts',
    find: '&& Number(text) >= 1 && Number(text) <= 65535',
    replace: '',
  },
  {
    name: 'a port without an address before it is one of all addresses',
    file: 'nginx/endpoints.ts',
    find: "if (host === '' || host === '[]') throw",
    replace: "if (host === '[]') throw",
  },
  {
    name: 'the end of a range is not compared with what was listened to before',
    file: 'nginx/endpoints.ts',
    find: 'return takes(one, first) && takes(other, first) ? first : undefined',
    replace: 'return one.port === other.port ? first : undefined',
  },
  {
    name: 'ipv6only takes any word',
    file: 'nginx/listen.ts',
    find: 'ipv6only=(?:on|off)',
    replace: 'ipv6only=.*',
  },
  {
    name: 'two servers may name the options of one socket',
    file: 'nginx/check-sockets.ts',
    find: 'listen.hasOptions && earlier.listen.hasOptions',
    replace: 'listen.hasOptions && listen.port < 0',
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
