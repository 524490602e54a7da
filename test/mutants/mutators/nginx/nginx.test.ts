import { describe, expect, test } from 'vitest'
import { changes, made } from '../changes.ts'
import { mutateNginx } from './nginx.ts'
import { readNginx } from './read.ts'

const balanced = 'upstream app { server web1:3000 weight=2; server web2:3000; }'

describe('an nginx configuration is read', () => {
  test('as blocks of directives, each with its place', () => {
    const text = 'server { listen 80; } # listen 81;\nmap $a $b { default "x y"; }'
    const [server, map] = readNginx(text)
    expect(text.slice(server!.start, server!.end)).toBe('server { listen 80; }')
    expect(server!.block!.map(({ start, end }) => text.slice(start, end))).toEqual(['listen 80;'])
    expect(map!.block![0]!.words.map((word) => word.text)).toEqual(['default', '"x y"'])
  })

  test('as long as nginx can cut it', () =>
    expect(() => readNginx('return 200 "open')).toThrow(/line 1/))
})

test('each directive, and each word of more than two, is left out', () => {
  const texts = made(mutateNginx, balanced)
  expect(texts).toContain('')
  expect(texts).toContain('upstream app { server web2:3000; }')
  expect(texts).toContain('upstream app { server web1:3000 weight=2; }')
  expect(texts).toContain('upstream app { server web1:3000 ; server web2:3000; }')
})

test('two neighbours change places', () =>
  expect(made(mutateNginx, balanced)).toContain(
    'upstream app { server web2:3000; server web1:3000 weight=2; }',
  ))

test("a directive's name is not touched", () =>
  expect(changes(mutateNginx, balanced).join('\n')).not.toMatch(/: server → /))

describe('a directive of the front location holds', () => {
  const location = 'server { location / { proxy_pass http://app; proxy_buffering off; } }'
  const of = (kind: string) =>
    mutateNginx(location)
      .filter((mutation) => mutation.kind === kind)
      .map(({ text }) => text.replace(/\s+/g, ' '))

  test('for the front page alone', () =>
    expect(of('only-front-page')).toContain(
      'server { location = / { proxy_pass http://app; proxy_buffering off; } ' +
        'location / { proxy_pass http://app; } }',
    ))

  test('for GET alone', () =>
    expect(of('only-get')).toContain(
      'server { location / { error_page 418 = @others; ' +
        'if ($request_method != GET) { return 418; } proxy_pass http://app; proxy_buffering off; } ' +
        'location @others { proxy_pass http://app; } }',
    ))

  test('and of another location it does not', () =>
    expect(
      mutateNginx('server { location /a { return 204; } }').map(({ kind }) => kind),
    ).not.toContain('only-get'))
})

test('a map has its value for GET alone, and its default for others', () =>
  expect(made(mutateNginx, 'map $cookie_a $b { default ""; x 1; }')).toContain(
    'map $cookie_a $b_of_some { default ""; x 1; } ' +
      'map $request_method $b { GET $b_of_some; default ""; }',
  ))
