import { describe, expect, test } from 'vitest'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { normalisePath } from '../../../snippets/nginx/normalise-uri.ts'
import { readConfig } from '../../../snippets/nginx/read-config.ts'
import { normaliseHost } from '../../../snippets/nginx/server-name.ts'

const socket = { address: '192.0.2.1', port: 80 }

function winner(locations: string, target: string): string | undefined {
  const answer = whoAnswers(readConfig(`server { ${locations} }`), { socket, host: 'x', target })
  return 'choice' in answer ? answer.choice.winner?.title : answer.outcome
}

describe('which location answers', () => {
  const rules =
    'location = / {} location / {} location /a/ {} location ^~ /img/ {} location ~ \\.js$ {}'

  test.each([
    ['/', '= /', 'an exact name ends the search'],
    ['/x', '/', 'the longest prefix answers when no pattern matches'],
    ['/a/x', '/a/', 'a longer prefix beats a shorter one'],
    ['/a/x.js', '~ \\.js$', 'a pattern beats any prefix'],
    ['/img/x.js', '^~ /img/', '^~ ends the search before the patterns'],
    ['/a/x.js?v=1', '~ \\.js$', 'the query string is never compared'],
  ])('%s → %s: %s', (target, title) => expect(winner(rules, target)).toBe(title))

  test('the outer level’s pattern beats a nested prefix, even a nested ^~', () =>
    expect(winner('location /a/ { location ^~ /a/b/ {} } location ~ c$ {}', '/a/b/c')).toBe('~ c$'))

  test('a pattern inside the longest prefix keeps the outer ones from being asked', () =>
    expect(winner('location ~ c$ {} location /a/ { location ~ b {} }', '/a/b/c')).toBe('~ b'))

  test('a name inside a pattern is never found', () =>
    expect(winner('location ~ /a { location /a/b {} }', '/a/b')).toBe('~ /a'))

  test('a proxied /a/ sends /a there, before any pattern is asked', () => {
    const config = 'server { location /a/ { proxy_pass http://x; } location ~ a {} }'
    const answer = whoAnswers(readConfig(config), { socket, host: 'x', target: '/a?b' })
    expect(answer.outcome).toBe('redirect')
  })

  test('every location is told of, in nginx’s order', () => {
    const answer = whoAnswers(readConfig(`server { location @n {} ${rules} }`), {
      socket,
      host: 'x',
      target: '/img/x.js',
    })
    if (!('considered' in answer)) throw new Error(answer.outcome)
    expect(
      answer.considered.map(({ location, verdict }) => `${location.title}: ${verdict.kind}`),
    ).toEqual([
      '= /: no-match',
      '^~ /img/: wins',
      '/a/: no-match',
      '/: shorter',
      '~ \\.js$: not-asked',
      '@n: named',
    ])
  })
})

describe('the path that is compared', () => {
  test.each([
    ['/a/../b', '/b'],
    ['/a/./b/.', '/a/b/'],
    ['/a//b', '/a/b'],
    ['/%61%2Fb', '/a/b'],
    ['/a%3Fb?c', '/a?b'],
    ['/%2541', '/%41'],
    ['/caf%C3%A9', '/café'],
    ['/a#b', '/a'],
  ])('%s is compared as %s', (sent, compared) => expect(normalisePath(sent)?.text).toBe(compared))

  test.each(['/..', '/a/../../b', '/%', '/%zz', '/%00', '/a b', 'a'])('%s is a 400', (sent) =>
    expect(normalisePath(sent)).toBeUndefined(),
  )

  test('merge_slashes off keeps them', () =>
    expect(normalisePath('/a//b', false)?.text).toBe('/a//b'))
})

describe('which server answers', () => {
  const config = (names: readonly string[]) =>
    readConfig(names.map((name) => `server { server_name ${name}; location / {} }`).join('\n'))
  const order = ['~^www', 'www.a.*', '*.a.org', '*.org', 'www.a.org', '_']

  test.each([
    ['www.a.org', 5, 'an exact name first'],
    ['x.a.org', 3, 'then the longest *.name'],
    ['x.org', 4, 'a shorter one if need be'],
    ['www.a.com', 2, 'then name.*'],
    ['www.b.com', 1, 'then patterns'],
    ['WWW.A.ORG:8080', 5, 'without port and upper case'],
    ['other', 1, 'and else the first server'],
  ])('%s: the server of line %i; %s', (host, line) => {
    const answer = whoAnswers(config(order), { socket, host, target: '/' })
    expect('server' in answer && answer.server.server.line).toBe(line)
  })

  test('a server that names its address leaves out all that listen on *', () => {
    const servers = readConfig(
      'server { server_name a; location / {} }\nserver { listen 192.0.2.1:80; location / {} }',
    )
    const answer = whoAnswers(servers, { socket, host: 'a', target: '/' })
    expect('server' in answer && answer.server.server.line).toBe(2)
  })

  test.each(['', 'a..b', 'a/b', ':80'])('"%s" is no host: 400', (host) =>
    expect(normaliseHost(host)).toBeUndefined(),
  )
})
