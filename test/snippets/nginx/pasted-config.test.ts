import { describe, expect, test } from 'vitest'
import { whoAnswers } from '../../../snippets/nginx/answer.ts'
import { inspectConfig, readConfig } from '../../../snippets/nginx/read-config.ts'
import { wholeConfigs } from './whole-configs.ts'

const ask = (config: string, target: string, more = {}) =>
  whoAnswers(readConfig(config), {
    ...{ socket: { address: '192.0.2.1', port: 80 }, host: 'a.test', target },
    ...more,
  })

describe('a configuration that was written for nginx, not for this page', () => {
  test.each(wholeConfigs)('is read as it stands', (text) =>
    expect(inspectConfig(text).problems).toEqual([]),
  )

  test('what cannot change who answers is passed over, and named once', () => {
    const text = 'server { root /a; gzip on; location / { root /b; expires 1d; } }'
    expect(inspectConfig(text).remarks.passedOver).toEqual(['root', 'gzip', 'expires'])
  })

  test('what a well-known module of somebody else’s adds is passed over, and named as such', () => {
    const text =
      'server { brotli on; more_set_headers "A: b"; more_set_headers "C: d"; geoip2 f { x; } gzip on; }'
    const { problems, remarks } = inspectConfig(text)
    expect(problems).toEqual([])
    expect(remarks.ofOtherModules).toEqual(['brotli', 'more_set_headers', 'geoip2'])
    expect(remarks.passedOver).toEqual(['gzip'])
  })

  test('inside stream, and in blocks of other modules, names have meanings of their own', () => {
    const stream = 'stream { upstream a { server b:1; } server { listen 2; proxy_pass a; } }'
    const geo = 'http { server { geoip2 f { location { listen; } } } }'
    for (const text of [stream, `${stream} http { server { } }`, geo])
      expect(inspectConfig(text).problems).toEqual([])
    expect(readConfig(stream)).toEqual([])
  })

  test('of what is included nothing is known', () => {
    const { remarks } = inspectConfig('server {\ninclude parts/*.conf;\n}')
    expect(remarks.includes).toEqual([{ file: 'parts/*.conf', line: 2 }])
  })
})

describe('what nginx refuses comes with what to do about it', () => {
  test.each([
    ['location / { proxy_pass http://a; }', { kind: 'belongs', place: 'server' }],
    ['server_name a.test;', { kind: 'belongs', place: 'server' }],
    ['server { alias /a; }', { kind: 'belongs', place: 'location' }],
    ['server { ssl on; }', { kind: 'gone', since: '1.25.1', text: 'listen … ssl' }],
  ])('%s', (text, hint) =>
    expect(inspectConfig(text).problems.map(({ problem }) => problem)).toEqual([
      expect.objectContaining({ hint }),
    ]),
  )

  test('a block goes nowhere that would make it right', () => {
    const [refused] = inspectConfig('server { upstream a { server b; } }').problems
    expect(refused?.problem).not.toHaveProperty('hint')
  })
})

describe('up to here: what follows depends on', () => {
  test.each(['try_files $uri =404', 'rewrite ^ /x', 'error_page 404 /x', 'internal'])(
    '%s',
    (step) =>
      expect(ask(`server { location / { ${step}; } }`, '/')).toMatchObject({
        outcome: 'location',
        after: [{ name: step.split(' ')[0], line: 1 }],
      }),
  )

  test('an error_page of the server holds in its locations, unless they have their own', () => {
    const text =
      'server {\nerror_page 404 /a;\nlocation / { }\nlocation /b { error_page 404 /c; }\n}'
    const linesOf = (target: string) => {
      const answer = ask(text, target)
      return 'after' in answer && answer.after.map(({ line }) => line)
    }
    expect(linesOf('/')).toEqual([2])
    expect(linesOf('/b')).toEqual([4])
  })

  test('a server’s own return answers before any location is looked for', () =>
    expect(ask('server { location / { } return 301 https://x; }', '/')).toMatchObject({
      outcome: 'server-returns',
      step: { args: ['301', 'https://x'] },
    }))

  test('after an if nobody knows whether it is reached', () =>
    expect(
      ask('server { if ($a) { return 403; } return 301 /x; location / { } }', '/'),
    ).toMatchObject({ outcome: 'location', before: [{ name: 'if' }, { name: 'return' }] }))
})

describe('the connection', () => {
  const config = 'server { listen 80; listen 443 ssl; listen [::]:80; server_name a.test; }'

  test('https goes to a port that speaks it, http to one that does not', () => {
    const outcome = (port: number, isTls: boolean) =>
      ask(config, '/', { socket: { address: '192.0.2.1', port }, isTls }).outcome
    expect([outcome(80, false), outcome(443, true)]).toEqual(['no-location', 'no-location'])
    expect(outcome(80, true)).toBe('no-tls')
    expect(
      ask(config, '/', { socket: { address: '192.0.2.1', port: 443 }, isTls: false }),
    ).toMatchObject({ outcome: 'bad-request', because: 'needs-tls' })
  })

  test('[::]:80 is for the new addresses only', () => {
    const only6 = 'server { listen [::]:80; }'
    const outcome = (address: string) => ask(only6, '/', { socket: { address, port: 80 } }).outcome
    expect([outcome('[::1]'), outcome('192.0.2.1')]).toEqual(['no-location', 'nobody-listens'])
  })

  test('merge_slashes of the http block holds in every server', () => {
    const text = 'merge_slashes off; server { location /a//b { } location / { } }'
    expect(ask(text, '/a//b')).toMatchObject({ choice: { winner: { name: '/a//b' } } })
  })

  test('a first line of 8,192 bytes is the longest', () => {
    const line = 'GET  HTTP/1.1\r\n'.length
    expect(ask('server { }', `/${'a'.repeat(8191 - line)}`).outcome).toBe('no-location')
    expect(ask('server { }', `/${'a'.repeat(8192 - line)}`)).toMatchObject({ because: 'too-long' })
    expect(ask('server { }', `/${'a'.repeat(500_000)}`)).toMatchObject({ because: 'too-long' })
  })
})

describe('HTTP/3 beside https', () => {
  const secured = 'ssl_certificate a; ssl_certificate_key b;'
  const both = `server { listen 443 quic reuseport; listen 443 ssl; ${secured} location / { } }`
  const at443 = { socket: { address: '192.0.2.1', port: 443 }, isTls: true }

  test('a port by UDP and the same by TCP are two sockets', () => {
    expect(inspectConfig(both).problems).toEqual([])
    expect(ask(both, '/', at443)).toMatchObject({ choice: { winner: { name: '/' } } })
  })

  test('who says quic only is not reached by TCP', () =>
    expect(ask(`server { listen 443 quic; ${secured} }`, '/', at443).outcome).toBe(
      'nobody-listens',
    ))

  test('the same twice is refused', () =>
    expect(
      inspectConfig(`server { listen 443 quic; listen 443 quic; ${secured} }`).problems[0]?.message,
    ).toMatch('a duplicate listen 0.0.0.0:443'))
})

describe('what is too large', () => {
  const refusal = (text: string) => inspectConfig(text).problems[0]?.message ?? 'none'

  test('a pattern of many parts is not tried, and is told by its beginning', () => {
    const text = refusal(`server {\nlocation ~ ${'(a|b)*'.repeat(20_000)} { }\n}`)
    expect(text).toMatch(
      /^line 2: the pattern `\(a\|b\)\*.*…` has more parts than this model tries/,
    )
    expect(text.length).toBeLessThan(200)
  })

  test('a long word is cut in the message', () => {
    expect(refusal(`${'a'.repeat(100_000)};`).length).toBeLessThan(200)
    expect(refusal(`server { location ~ ${'('.repeat(100)} { } }`).length).toBeLessThan(300)
    expect(refusal(`server { server_name ${'a.'.repeat(50_000)}*b.*; }`).length).toBeLessThan(300)
  })
})

test('a ; forgotten before a brace is told of, too', () =>
  expect(
    inspectConfig('server {\n  location / {\n    return 200\n  }\n}').problems[0]?.message,
  ).toBe('line 4: nginx refuses: unexpected "}" (is a ";" missing before it?)'))
