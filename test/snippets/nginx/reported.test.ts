import { describe, expect, test } from 'vitest'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { inspectConfig, readConfig } from '../../../snippets/nginx/read-config.ts'

// What people reported in public, as small as it can be, with what nginx 1.26.3 did.

const socket = { address: '127.0.0.1', port: 18080 }
const inServer = (text: string) => `server {\n  listen 18080;\n  server_name a.test;\n${text}\n}`
const asked = (config: string, target: string, host = 'a.test:18080') =>
  whoAnswers(readConfig(config), { socket, host, target })
const refusal = (config: string): string => inspectConfig(config).problems[0]?.message ?? 'none'

describe('refused with nginx’s reason and line', () => {
  test('a ; forgotten after server_name, before a block', () =>
    expect(
      refusal(
        'server {\n  listen 18080;\n  server_name a b\n  location /static/ { root /srv; }\n}',
      ),
    ).toMatch(/^line 4: nginx refuses: directive "server_name" is not terminated by ";"/))

  test('a ; forgotten after listen', () =>
    expect(refusal('server {\n  listen 18080\n  server_name a;\n}')).toMatch(
      /^line 3: nginx refuses: invalid parameter "server_name" .*missing before `server_name`/,
    ))

  test('braces of a pattern without quotes, on the line of the pattern', () =>
    expect(refusal(inServer('  location ~ ^/[0-9a-f]{8,}\\.js$ { expires 7d; }'))).toMatch(
      /^line 4: unknown directive "8,}\\.js\$" .*quote/,
    ))

  test('`location @ name`, with a space', () =>
    expect(refusal(inServer('location @ back { }'))).toMatch('invalid location modifier "@"'))

  test('backup below ip_hash', () =>
    expect(refusal('upstream u {\nip_hash;\nserver a down;\nserver b backup;\n}')).toMatch(
      'line 4: nginx refuses: balancing method does not support parameter "backup"',
    ))
})

test('the same @name twice: nginx starts', () =>
  expect(refusal(inServer('location @b { return 200; }\nlocation @b { return 201; }'))).toBe(
    'none',
  ))

test('$hostname is the machine’s name, which nobody knows here', () =>
  expect(refusal('server { server_name $hostname; }')).toMatch(
    'nginx knows `server_name $hostname`',
  ))

describe('a pattern that turns back without end', () => {
  const config = inServer('location ~ ^/(a|a)+$ { }\nlocation / { }')

  test('on 27 letters nginx answers 500, and the model says so at once', () =>
    expect(asked(config, `/${'a'.repeat(27)}b`).outcome).toBe('gave-up'))

  test('on 18 letters `/` answers', () =>
    expect(asked(config, `/${'a'.repeat(18)}b`)).toMatchObject({
      choice: { winner: { name: '/' } },
    }))

  test('in a server_name it is a 500, too', () => {
    const servers = 'server { listen 18080; server_name ~^(a|a)+$; } server { listen 18080; }'
    expect(asked(servers, '/', `${'a'.repeat(40)}b`).outcome).toBe('gave-up')
  })
})

describe('index leads elsewhere', () => {
  const config = inServer(`root /site;
    location = / { expires 7d; }
    location ~* \\.(?:css|js|png)$ { expires 30d; }
    location ~ \\.html$ { expires 1h; }
    location / { }`)
  const nextOf = (text: string, target: string) => {
    const answer = asked(text, target)
    return 'next' in answer ? answer.next.map((one) => [one.target, one.winner?.title]) : undefined
  }

  test.each([
    ['/', '= /', '/index.html'],
    ['/docs/', '/', '/docs/index.html'],
  ])('%s goes to %s, and from there %s is searched for', (target, title, then) => {
    expect(asked(config, target)).toMatchObject({ choice: { winner: { title } } })
    expect(nextOf(config, target)).toEqual([[then, '~ \\.html$']])
  })

  test('a path without a slash at its end is no folder', () =>
    expect(nextOf(config, '/docs')).toEqual([]))

  test('what is proxied, or answers itself, looks for no file', () => {
    expect(nextOf(inServer('location / { proxy_pass http://x; }'), '/')).toEqual([])
    expect(nextOf(inServer('location / { return 204; }'), '/')).toEqual([])
  })

  test('index is handed down from server to location', () =>
    expect(nextOf(inServer('index a.php /b.php; location / { }'), '/c/')).toEqual([
      ['/c/a.php', '/'],
      ['/b.php', '/'],
    ]))

  test('the last word of try_files is searched for, too', () => {
    const php = 'location / { try_files $uri /index.php?$args; } location ~ \\.php$ { }'
    expect(nextOf(inServer(php), '/x')).toEqual([['/index.php', '~ \\.php$']])
    const named = 'location / { try_files $uri @app; } location @app { }'
    expect(nextOf(inServer(named), '/x')).toEqual([['@app', '@app']])
    expect(nextOf(inServer('location / { try_files $uri =404; }'), '/x')).toEqual([])
  })
})
