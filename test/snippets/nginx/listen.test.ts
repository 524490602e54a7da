import { describe, expect, test } from 'vitest'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { inspectConfig, readConfig } from '../../../snippets/nginx/read-config.ts'

/** The line of the server that answers there, or why none does. */
function at(config: string, address: string, port: number): number | string {
  const request = { socket: { address, port }, host: 'a.test', target: '/' }
  const answer = whoAnswers(readConfig(config), request)
  return 'server' in answer ? answer.server.server.line : answer.outcome
}
const refusals = (config: string): readonly string[] =>
  inspectConfig(config).problems.map(({ message }) => message.replace('nginx refuses: ', ''))
const inServer = (listens: string) => `server {\n${listens}\n}`

describe('a range of ports', () => {
  test.each([
    ['8080-8083', '192.0.2.1'],
    ['*:8080-8083', '192.0.2.1'],
    ['127.0.0.1:8080-8083', '127.0.0.1'],
    ['[::]:8080-8083', '[2001:db8::1]'],
    ['localhost:8080-8083', '127.0.0.1'],
  ])('listen %s takes both ends and all between, and no port beside them', (where, address) => {
    const config = `server { listen ${where}; }`
    const found = [8079, 8080, 8082, 8083, 8084].map((port) => at(config, address, port))
    expect(found).toEqual(['nobody-listens', 1, 1, 1, 'nobody-listens'])
  })

  test('may be of one port', () => expect(at('server { listen 81-81; }', '::', 81)).toBe(1))

  test('a server that names its address leaves out the range on that port only', () => {
    const config = 'server { listen 80-82; }\nserver { listen 127.0.0.1:81; }'
    expect([80, 81, 82].map((port) => at(config, '127.0.0.1', port))).toEqual([1, 2, 1])
  })

  test('all its ports speak TLS, and each has the default server that says so', () => {
    const config = 'server { listen 80-82 ssl; }\nserver { listen 81-83 default_server; }'
    const servers = readConfig(config)
    const answer = (port: number) =>
      whoAnswers(servers, {
        ...{ socket: { address: '192.0.2.1', port }, host: 'a.test', target: '/' },
      })
    const seen = [80, 81, 82, 83].map((port) => {
      const found = answer(port)
      return 'server' in found && [found.server.defaultServer.line, found.server.speaksTls]
    })
    expect(seen).toEqual([
      [1, true],
      [2, true],
      [2, true],
      [2, false],
    ])
  })

  test.each([
    ['8090-8080', 'invalid port range'],
    ['[::]:82-81', 'invalid port range'],
    ['*:82-81', 'invalid port range'],
    ['0-80', 'invalid port'],
    ['80-65536', 'invalid port'],
    ['127.0.0.1:80-', 'invalid port'],
    ['127.0.0.1:-80', 'invalid port'],
    ['127.0.0.1:80-81-82', 'invalid port'],
    ['[::]:80-x', 'invalid port'],
    ['65536', 'invalid port'],
    ['*:0', 'invalid port'],
    ['*:', 'invalid port'],
  ])('listen %s: %s', (where, why) =>
    expect(refusals(inServer(`listen ${where};`))).toEqual([
      `line 2: ${why} in "${where}" of the "listen" directive`,
    ]),
  )

  test('what was listened to before is told by the first port of both', () => {
    expect(refusals(inServer('listen 80;\nlisten 79-81;'))).toEqual([
      'line 3: a duplicate listen 0.0.0.0:80',
    ])
    expect(refusals(inServer('listen 80-85;\nlisten 83-90;'))).toEqual([
      'line 3: a duplicate listen 0.0.0.0:83',
    ])
    expect(refusals(inServer('listen 80-81;\nlisten 82-83;\nlisten [::]:80-83;'))).toEqual([])
    expect(
      refusals('server { listen 80-85 bind; }\nserver { listen 82-83 default_server bind; }'),
    ).toEqual(['line 2: duplicate listen options for 0.0.0.0:82'])
    expect(
      refusals('server { listen 9 default; listen 7; }\nserver { listen 7-9 default; }'),
    ).toEqual(['line 2: a duplicate default server for 0.0.0.0:9'])
  })

  test('names are compared where two ranges meet', () => {
    const config = (ports: string) =>
      `server { listen 80-85; server_name a..b; }\nserver { listen ${ports}; }`
    expect(refusals(config('86-90'))).toEqual([])
    expect(refusals(config('85-90'))).toEqual([
      'line 1: invalid server name or wildcard "a..b" on 0.0.0.0:85',
    ])
  })
})

describe('[::] and the IPv4 addresses', () => {
  const both = 'server { listen [::]:80 ipv6only=off; }'
  const seen = (config: string) =>
    ['[2001:db8::1]', '192.0.2.1'].map((address) => at(config, address, 80))

  test('with ipv6only=off one socket is for both families', () =>
    expect(seen(both)).toEqual([1, 1]))

  test.each(['', 'ipv6only=on', 'ipv6only=off ipv6only=on'])('with "%s" it is not', (option) =>
    expect(seen(`server { listen [::]:80 ${option}; }`)).toEqual([1, 'nobody-listens']),
  )

  test('one server says it for all that listen there', () =>
    expect(at(`server { listen [::]:80; server_name a.test; }\n${both}`, '192.0.2.1', 80)).toBe(1))

  test('it holds on its own port only', () =>
    expect(at('server { listen [::]:80 ipv6only=off; listen [::]:81; }', '192.0.2.1', 81)).toBe(
      'nobody-listens',
    ))

  test.each([
    ['ipv6only=oops', 'invalid ipv6only flags "oops"'],
    ['ipv6only=o', 'invalid ipv6only flags "o"'],
    ['ipv6only=yes', 'invalid parameter "ipv6only=yes"'],
    ['ipv6only', 'invalid parameter "ipv6only"'],
  ])('%s is refused', (option, why) =>
    expect(refusals(inServer(`listen [::]:80 ${option};`))).toEqual([`line 2: ${why}`]),
  )

  test('two servers may not both say it, even the same', () =>
    expect(refusals(`${both}\n${both}`)).toEqual(['line 2: duplicate listen options for [::]:80']))

  test('twice in one server is a duplicate, whatever the options', () =>
    expect(refusals('server { listen [::]:80; listen [::]:80 ipv6only=off; }')).toEqual([
      'line 1: a duplicate listen [::]:80',
    ]))
})

describe('what only a start tells: two sockets for one address', () => {
  const taken = (socket: string) => `bind() to ${socket} failed (98: Address already in use)`
  const off = 'listen [::]:80 ipv6only=off;'

  test('listen 80 beside [::]:80 for both families; the second family fails', () => {
    expect(refusals(inServer(`listen 80;\n${off}`))).toEqual([
      `line 3: ${taken('[::]:80')} (line 2 takes these addresses, too)`,
    ])
    expect(refusals(inServer(`${off}\nlisten 80;`))).toEqual([
      `line 3: ${taken('0.0.0.0:80')} (line 2 takes these addresses, too)`,
    ])
  })

  test('one IPv4 address is enough, and one port of a range', () => {
    expect(refusals(inServer(`listen 127.0.0.1:79-81;\n${off}`))[0]).toMatch(taken('[::]:80'))
    expect(refusals(inServer(`listen 127.0.0.1:79;\n${off}`))).toEqual([])
  })

  test('an address with options beside all of its family', () => {
    expect(refusals(inServer('listen 80;\nlisten 127.0.0.1:80;'))).toEqual([])
    expect(refusals(inServer('listen 80;\nlisten 127.0.0.1:80 bind;'))[0]).toMatch(
      `line 2: ${taken('0.0.0.0:80')}`,
    )
  })

  test('reuseport on both lets them be; then the IPv4 socket has the IPv4 addresses', () => {
    const config = `server { listen [::]:80 ipv6only=off reuseport; }\nserver { listen 80 reuseport; }`
    expect(refusals(config)).toEqual([])
    expect([at(config, '192.0.2.1', 80), at(config, '[::1]', 80)]).toEqual([2, 1])
  })
})

describe('a name', () => {
  const asked = (config: string, address: string, port = 80) =>
    whoAnswers(readConfig(config), { socket: { address, port }, host: 'a.test', target: '/' })

  test('localhost is 127.0.0.1, for certain', () => {
    expect(asked('server { listen localhost:80; }', '127.0.0.1')).toMatchObject({
      ...{ outcome: 'no-location', names: [] },
    })
    expect(asked('server { listen localhost; }', '192.0.2.1').outcome).toBe('nobody-listens')
    expect(refusals(inServer('listen 127.0.0.1:80;\nlisten localhost:80;'))).toEqual([
      'line 3: a duplicate listen 127.0.0.1:80',
    ])
  })

  test('localhost is [::1] where the system says so: what follows depends on it', () => {
    expect(asked('server { listen localhost:80; }', '[::1]')).toMatchObject({
      ...{ outcome: 'no-location', names: [{ host: 'localhost', line: 1 }] },
    })
    expect(refusals(inServer('listen [::1]:80;\nlisten localhost:80;'))).toEqual([])
  })

  const config = 'server { listen 80; }\nserver { listen example.org:80-81; }'

  test('of another nobody knows: what follows depends on where it points', () => {
    const names = [{ host: 'example.org', line: 2 }]
    expect(at(config, '192.0.2.1', 80)).toBe(1)
    expect(asked(config, '192.0.2.1')).toMatchObject({ names })
    expect(asked(config, '192.0.2.1', 81)).toMatchObject({ outcome: 'nobody-listens', names })
    expect(asked(config, '192.0.2.1', 82)).toEqual({ outcome: 'nobody-listens', names: [] })
  })

  test('where it points, its server answers', () => {
    expect(at(config, 'example.org', 80)).toBe(2)
    expect(at('server { listen EXAMPLE.org:80; }', 'example.org', 80)).toBe(1)
  })

  test('a name may have a dash and digits, and stand without a port', () => {
    for (const name of ['my-host', '80-host', '8080-', '80-81-82', 'a1'])
      expect(asked(`server { listen ${name}; }`, 'x').names, name).toEqual([
        { host: name, line: 1 },
      ])
  })

  test.each([
    ['a/b:80', 'invalid host'],
    ['[::1', 'invalid host'],
    ['[::]80', 'invalid host'],
    [':80', 'no host'],
    ['""', 'no host'],
    ['[]:80', 'no host'],
    ['[::g]:80', 'invalid IPv6 address'],
    ['unix:', 'no path in the unix domain socket'],
  ])('listen %s: %s', (where, why) =>
    expect(refusals(inServer(`listen ${where};`))).toEqual([
      `line 2: ${why} in "${where.replaceAll('"', '')}" of the "listen" directive`,
    ]),
  )

  test('127..0.1 is an address to nginx, as 127.0.0.1', () =>
    expect(at('server { listen 127..0.1:80; }', '127.0.0.1', 80)).toBe(1))
})

test('thousands of servers on one port are read in a moment', () => {
  const text = 'server{listen 80;}'.repeat(5000)
  const begun = performance.now()
  expect(inspectConfig(text).problems).toEqual([])
  expect(performance.now() - begun).toBeLessThan(20_000)
})
