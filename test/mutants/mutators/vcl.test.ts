import { expect, test } from 'vitest'
import { changes, made } from './changes.ts'
import { mutateVcl } from './vcl/vcl.ts'

const sub = (body: string) => `vcl 4.1; sub vcl_recv { ${body} }`
const condition = sub('if (req.url == "/" && req.method != "GET") { return (pass); }')

test('a statement is left out, but none without which no program is one', () => {
  const texts = made(mutateVcl, sub('unset req.http.Cookie; return (hash);'))
  expect(texts).toContain(sub('return (hash);').replace('{ return', '{ return'))
  expect(texts).toContain(sub('unset req.http.Cookie;'))
  expect(texts.every((text) => text.startsWith('vcl 4.1;'))).toBe(true)
})

test('a condition holds always, never, or by half', () => {
  const texts = made(mutateVcl, condition)
  const become = (inside: string) =>
    condition.replace(/\(req\.url.*?"GET"\)/, `(${inside})`).replace(/\s+/g, ' ')
  for (const inside of ['true', 'false', 'req.url == "/"', 'req.method != "GET"'])
    expect(texts.map((text) => text.replace(/\( | \)/g, (mark) => mark.trim()))).toContain(
      become(inside),
    )
})

test('values and operators are others, names are not', () => {
  const told = changes(mutateVcl, condition)
  expect(told).toContain('operator: && → ||')
  expect(told).toContain('operator: == → !=')
  expect(told).toContain('text: "GET" → ""')
  expect(told.join('\n')).not.toMatch(/^name/m)
})

test('a statement is obeyed for GET alone, or for the front page', () => {
  const texts = made(mutateVcl, sub('set req.http.X = "1";'))
  expect(texts).toContain(sub('if (req.method == "GET") { set req.http.X = "1"; }'))
  expect(texts).toContain(sub('if (req.url == "/") { set req.http.X = "1"; }'))
})

test("behind the cache, the request is the backend's", () =>
  expect(made(mutateVcl, 'sub vcl_backend_response { set beresp.ttl = 1s; }')).toContain(
    'sub vcl_backend_response { if (bereq.method == "GET") { set beresp.ttl = 1s; } }',
  ))
