import { describe, expect, test } from 'vitest'
import { parse } from '../../../snippets/nginx/directives.ts'
import { readConfig } from '../../../snippets/nginx/read-config.ts'

describe('reading a configuration', () => {
  test('words, quotes, comments and blocks become a tree with line numbers', () => {
    const [server] = parse(
      '# a } comment\nserver {\n  root "/a b"; # end\n  return 200 ${x}y#z;\n}',
    )
    expect(server).toMatchObject({ name: 'server', line: 2, lastLine: 5 })
    expect(server!.block).toMatchObject([
      { name: 'root', args: ['/a b'], line: 3 },
      { name: 'return', args: ['200', '${x}y#z'], line: 4 },
    ])
  })

  test('a backslash that means nothing to nginx stays for the pattern behind it', () =>
    expect(parse(String.raw`a "\.\"\\" b\;c;`)[0]!.args).toEqual([
      String.raw`\."\ `.trim(),
      String.raw`b\;c`,
    ]))
})

const inServer = (text: string) => `server {\n${text}\n}`

describe('what the model does not know it refuses by name, with the line', () => {
  test.each([
    ['rewrite ^ /x;', 'line 2: nginx knows `rewrite`, this model does not'],
    [
      'location / {\ntry_files $uri =404;\n}',
      'line 3: nginx knows `try_files`, this model does not',
    ],
    ['return 301 /x;', 'line 2: nginx knows `return, outside a location`, this model does not'],
    ['listen 443 ssl;', 'line 2: nginx knows `listen … ssl`, this model does not'],
    ['listen unix:/x;', 'line 2: nginx knows `listen unix:/x`, this model does not'],
    ['lissen 80;', 'line 2: this model does not know `lissen`'],
    ['alias /x;', 'line 2: `alias` has no place in a server block'],
    ['location / { server_name a; }', 'line 2: `server_name` has no place in a location'],
  ])('%s', (text, message) => expect(() => readConfig(inServer(text))).toThrow(message))
})

describe('what nginx refuses, the model refuses', () => {
  test.each([
    ['location /a {}\nlocation ^~ /a {}', 'line 3: nginx refuses: duplicate location "/a"'],
    ['location = /a { location /a/b {} }', 'cannot be inside the exact location'],
    ['location /a { location /b {} }', 'location "/b" is outside location "/a"'],
    ['location /a { location @b {} }', 'can be on the server level only'],
    ['location ! /a {}', 'invalid location modifier "!"'],
    ['location ~ ( {}', 'pattern "("'],
    ['listen 80; listen *:80;', 'a duplicate listen *:80'],
    ['server_name *.*.org;', 'invalid server name or wildcard'],
    ['root /a', 'unexpected'],
    ['root "/a;', 'unexpected end of file'],
  ])('%s', (text, message) => expect(() => readConfig(inServer(text))).toThrow(message))

  test('two default servers for one address', () => {
    const server = 'server { listen 80 default_server; }\n'
    expect(() => readConfig(server + server)).toThrow('line 2: nginx refuses: a duplicate default')
  })
})

describe('a pattern that JavaScript would read otherwise is refused by name', () => {
  test.each([
    ['(?i)a', '`(?i`'],
    [String.raw`\Qa\E`, String.raw`\Q`],
    ['a++', '`++`'],
    ['(?<=a)b', '`(?<=`'],
    [String.raw`(a)\1`, String.raw`\1`],
    ['[[:alpha:]]', '`[:`'],
    [String.raw`a\x41`, String.raw`\x`],
    [String.raw`\h`, String.raw`\h`],
    ['(?>a)', '`(?>`'],
    ['(?P<x>a)', '`(?P`'],
    ['[]a]', '`[]`'],
    ['^*', '`^*`'],
  ])('%s', (pattern, named) =>
    expect(() =>
      readConfig(inServer(`location ~ "${pattern.replaceAll('\\', '\\\\')}" {}`)),
    ).toThrow(named),
  )
})
