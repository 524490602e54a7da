import { describe, expect, test } from 'vitest'
import { Answers } from '../../../labs/kit/answers.ts'
import { curl } from '../../../labs/kit/trace.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import type { Answer } from '../../../labs/runtime/runtime.ts'
import { labCalled } from '../lab-under-test.ts'

const answer = (part: Partial<Answer>): Answer => ({
  status: 200,
  headers: {},
  cookies: [],
  body: '',
  ms: 1,
  ...part,
})

describe('answers', () => {
  test('are tallied by the server that gave them', () => {
    const by = (server: string) => answer({ headers: { 'x-served-by': server } })
    expect(new Answers([by('web2'), by('web1'), by('web2'), answer({})]).servedBy()).toEqual({
      web1: 1,
      web2: 2,
    })
  })

  test('failed without an answer or with a 5xx; a 404 is an answer, and no page', () => {
    const all = [
      answer({}),
      answer({ status: 404 }),
      answer({ status: 502 }),
      answer({ status: 502 }),
      answer({ status: 0, failure: 'refused' }),
    ]
    expect(new Answers(all).failed).toEqual(['502 ×2', 'refused ×1'])
    expect(new Answers(all).withoutPage).toEqual(['404 ×1', '502 ×2', 'refused ×1'])
  })

  test('that were slow are told with their wait', () =>
    expect(new Answers([answer({ ms: 10 }), answer({ ms: 2100.4 })]).slowerThan(2000)).toEqual([
      2100,
    ]))
})

describe('what a check did, as commands', () => {
  const place = {
    lab: labCalled('load-balancer'),
    ports: { FRONT_PORT: 8085, STATUS_PORT: 8091 },
  } as unknown as Place

  test('a request becomes a curl on the published port', () =>
    expect(curl(place, { path: '/whoami', headers: { host: 'a.test' } }, 1)).toBe(
      "curl -si -H 'host: a.test' http://127.0.0.1:8085/whoami",
    ))

  test('another port of the front is the published one, too', () =>
    expect(curl(place, { path: '/', port: 8081 }, 1)).toContain('http://127.0.0.1:8091/'))

  test('a path that curl would tidy up is sent as it is', () =>
    expect(curl(place, { path: '/public../server.ts' }, 1)).toContain('--path-as-is'))

  test('quotes survive the shell', () =>
    expect(curl(place, { path: '/', method: 'POST', body: "it's" }, 3)).toBe(
      "for i in $(seq 3); do curl -s -X POST --data 'it'\\''s' http://127.0.0.1:8085/; done",
    ))
})
