import { describe, expect, test } from 'vitest'
import { parse } from '../../../snippets/nginx/directives.ts'
import { inspectConfig, readConfig } from '../../../snippets/nginx/read-config.ts'

describe('reading a configuration', () => {
  test('words, quotes, comments and blocks become a tree with line numbers', () => {
    const [server] = parse(
      '# a } comment\nserver {\n  root "/a b"; # end\n  return 200 ${x}y#z;\n}',
    ).directives
    expect(server).toMatchObject({ name: 'server', line: 2, lastLine: 5 })
    expect(server!.block).toMatchObject([
      { name: 'root', args: ['/a b'], line: 3 },
      { name: 'return', args: ['200', '${x}y#z'], line: 4 },
    ])
  })

  test('a backslash that means nothing to nginx stays for the pattern behind it', () =>
    expect(parse(String.raw`index "\.\"\\" b\;c;`).directives[0]!.args).toEqual([
      String.raw`\."\ `.trim(),
      String.raw`b\;c`,
    ]))
})

const inServer = (text: string) => `server {\n${text}\n}`

describe('what the model does not know it refuses by name, with the line', () => {
  test.each([
    ['server_name $hostname;', 'line 2: nginx knows `server_name $hostname`, this model does not'],
    ['location ~ "(a)\\\\1" {}', 'beyond this model'],
  ])('%s', (text, message) => expect(() => readConfig(inServer(text))).toThrow(message))
})

describe('what nginx refuses, the model refuses', () => {
  test.each([
    ['location /a {}\nlocation ^~ /a {}', 'line 3: nginx refuses: duplicate location "/a"'],
    ['location = /a { location /a/b {} }', 'cannot be inside the exact location'],
    ['location /a { location /b {} }', 'location "/b" is outside location "/a"'],
    ['location /a { location @b {} }', 'can be on the server level only'],
    ['location ! /a {}', 'invalid location modifier "!"'],
    ['location ~ ( {}', 'pcre2_compile() failed: missing closing parenthesis in "("'],
    ['location ~ *a {}', 'quantifier does not follow a repeatable item'],
    ['location ~ a)b {}', 'unmatched closing parenthesis'],
    ['location ~ [b-a] {}', 'range out of order'],
    ['listen 80; listen *:80;', 'a duplicate listen 0.0.0.0:80'],
    ['listen 99999;', 'invalid port in "99999" of the "listen" directive'],
    ['listen [::1;', 'invalid host in "[::1" of the "listen" directive'],
    ['server_name *.;', 'server name "*." is invalid'],
    ['server_name ;', 'invalid number of arguments in "server_name" directive'],
    ['lissen 80;', 'line 2: unknown directive "lissen"'],
    ['alias /x;', 'line 2: nginx refuses: "alias" directive is not allowed here'],
    ['location / { server_name a; }', '"server_name" directive is not allowed here'],
    ['location @ x {}', 'invalid location modifier "@"'],
    ['location "" /x {}', 'invalid location modifier ""'],
    ['location / ;', 'directive "location" has no opening "{"'],
    ['root /a; root /b;', '"root" directive is duplicate'],
    ['location / { root /a; alias /b; }', '"root" directive was specified earlier'],
    ['merge_slashes yes;', 'it must be "on" or "off"'],
    ['return soon;', 'invalid return code "soon"'],
    ['set a b;', 'invalid variable name "a"'],
    ['if $a {}', 'invalid condition "$a"'],
    ['if ($a = b c) {}', 'invalid condition "$a"'],
    ['error_page /x 404;', 'invalid value "/x"'],
    ['root /a', 'unexpected "}"'],
    ['root "/a;', 'unexpected end of file'],
    [';', 'unexpected ";"'],
  ])('%s', (text, message) => expect(() => readConfig(inServer(text))).toThrow(message))

  test.each([
    ['server x { }', 'invalid number of arguments in "server" directive'],
    ['upstream b;', 'directive "upstream" has no opening "{"'],
    ['upstream b { }', 'no servers are inside upstream'],
    ['upstream b { server a; } upstream b { server a; }', 'duplicate upstream "b"'],
    ['upstream b { server a backup x; }', 'invalid parameter "x"'],
    ['upstream b { ip_hash; server a backup; }', 'does not support parameter "backup"'],
    ['map $a $b { c d e; }', 'invalid number of the map parameters'],
    ['location / { }', '"location" directive is not allowed here'],
    ['server { } }', 'unexpected "}"'],
    ['server {', 'unexpected end of file, expecting "}"'],
    ['server { server_name a..b; } server { }', 'invalid server name or wildcard "a..b"'],
    [
      'server { listen 80 bind; } server { listen 80 bind; }',
      'duplicate listen options for 0.0.0.0:80',
    ],
  ])('%s', (text, message) => expect(() => readConfig(text)).toThrow(message))

  test('all of it is told together, in the order of the file', () => {
    const { problems } = inspectConfig(inServer('lissen 80;\nlisten 80 x;\nlocation ~ ( {}'))
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  test('two default servers for one address', () => {
    const server = 'server { listen 80 default_server; }\n'
    expect(() => readConfig(server + server)).toThrow('line 2: nginx refuses: a duplicate default')
  })
})

describe('what nginx takes, the model takes', () => {
  test.each([
    'location @back {} location @back {}',
    'server_name *.*;',
    'server_name a..b;',
    'location ~ {} location = {}',
    'listen 80 default_server default_server;',
    'merge_slashes ON;',
    'return 200; return 201;',
    'listen 443 ssl http2; listen [::]:80; listen unix:/run/x;',
    'server_name ~^(?P<who>[a-z]+)\\.test$;',
  ])('%s', (text) => expect(inspectConfig(inServer(text)).problems).toEqual([]))

  test('a method that stands below the servers does not see their backup', () => {
    const text = 'upstream b { server a; server c backup; ip_hash; }'
    expect(inspectConfig(text).problems).toEqual([])
  })

  test('a whole nginx.conf', () => {
    const text = 'user www;\nevents { worker_connections 9; }\nhttp {\nserver { listen 80; }\n}'
    const { problems, servers } = inspectConfig(text)
    expect(problems).toEqual([])
    expect(servers.map(({ line }) => line)).toEqual([4])
  })
})

describe('a `;` that was forgotten', () => {
  test.each([
    'server_name a.test',
    'listen 80',
    'return 404 x',
    'merge_slashes on',
    'root /a',
    'error_page 404 /x',
    'add_header A b',
    'expires 1d',
  ])('after %s: nginx refuses, and the line is told where it is missing', (directive) => {
    const { problems } = inspectConfig(inServer(`${directive}\nlocation /static/ { root /b; }`))
    expect(problems[0]?.problem).toMatchObject({
      kind: 'refused-by-nginx',
      hint: { kind: 'semicolon', line: 3, word: 'location' },
    })
  })

  test('nginx starts where any number of words may follow, and the reader is told', () => {
    const { problems, remarks } = inspectConfig(inServer('server_name a.test\nindex a.html;'))
    expect(problems).toEqual([])
    expect(remarks.swallowed).toEqual([{ kind: 'semicolon', line: 3, word: 'index' }])
  })
})

describe('what is too large is said to be so', () => {
  test.each([
    ['200 kB of text', `# ${'x'.repeat(250_000)}`],
    ['20,000 braces', 'server {'.repeat(20_000)],
    ['a pattern of 20,000 groups', `server { location ~ ${'('.repeat(20_000)} {} }`],
  ])('%s', (_, text) => {
    const kinds = inspectConfig(text).problems.map(({ problem }) => problem.kind)
    expect(['too-large', 'regex-differs', 'refused-by-nginx']).toContain(kinds[0])
  })
})
