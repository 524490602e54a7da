import type { Bug } from './planted-bugs.ts'

/** Mistakes in the choice of a server. */
export const virtualServerBugs: readonly Bug[] = [
  {
    name: 'names are asked in the order of the file',
    file: 'nginx/choose-virtual-server.ts',
    find: 'rank[a.name.kind] - rank[b.name.kind] ||',
    replace: '0 *',
  },
  {
    name: 'the first wildcard wins, not the longest',
    file: 'nginx/choose-virtual-server.ts',
    find: '|| lengthOf(b.name) - lengthOf(a.name)',
    replace: '',
  },
  {
    name: 'the first server is the default, whatever default_server says',
    file: 'nginx/choose-virtual-server.ts',
    find: '(saysSo ?? found[0])',
    replace: '(found[0] ?? saysSo)',
  },
  {
    name: 'who listens on * is asked, too, where an address is named',
    file: 'nginx/choose-virtual-server.ts',
    find: 'named.length > 0 ? named : everywhere',
    replace: '[...named, ...everywhere]',
  },
  {
    name: 'a range is its first port',
    file: 'nginx/endpoints.ts',
    find: 'port <= asked && asked <= lastPort',
    replace: 'port === asked && asked <= lastPort',
  },
  {
    name: '[::] takes the IPv4 addresses, whatever ipv6only says',
    file: 'nginx/choose-virtual-server.ts',
    find: "address.startsWith('[') || here.some(({ isForBoth }) => isForBoth)",
    replace: 'here.length > 0',
  },
  {
    name: 'ipv6only=off changes nothing',
    file: 'nginx/listen.ts',
    find: "ipv6only === 'ipv6only=off' &&",
    replace: "ipv6only === 'ipv6only=OFF' &&",
  },
  {
    name: 'the later of two equal names counts',
    file: 'nginx/choose-virtual-server.ts',
    find: 'if (taken.has(wish)) return false',
    replace: 'if (taken.has(wish)) return true',
  },
  {
    name: '*.example.org is example.org, too',
    file: 'nginx/server-name.ts',
    find: '(name.andItself && host',
    replace: '(host',
  },
  {
    name: 'the port is part of the host',
    file: 'nginx/server-name.ts',
    find: "header.split(':', 1)[0]!",
    replace: 'header',
  },
  {
    name: 'the host’s upper case counts',
    file: 'nginx/server-name.ts',
    find: "replace(/\\.$/, '').toLowerCase()",
    replace: "replace(/\\.$/, '')",
  },
  {
    name: 'merge_slashes is that of the server which answers',
    file: 'nginx/answer.ts',
    find: "chooseVirtualServer(servers, request.socket, '')",
    replace:
      "chooseVirtualServer(servers, request.socket, normaliseHost(request.host) ?? '') && { defaultServer: chooseVirtualServer(servers, request.socket, normaliseHost(request.host) ?? '')!.server }",
  },
]
