import { describe, expect, test } from 'vitest'
import { createDraw } from '../../../labs/kit/draw.ts'
import {
  addressForms,
  forgedAddress,
  holdsSecret,
  withoutSecrets,
} from '../../../labs/kit/forged.ts'
import { forgedEverywhere, forgeNotice, reloads } from '../../../labs/kit/strangers.ts'

describe('probes drawn by chance', () => {
  const numbers = Array.from({ length: 40 }, (_, number) => number)

  test('are the same each time, and others for another seed', () => {
    const drawn = (seed: number) => createDraw(seed).some(6, numbers)
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(1)).not.toEqual(drawn(2))
  })

  test('come once each, and all where there are too few', () => {
    expect(new Set(createDraw(3).some(30, numbers)).size).toBe(30)
    expect(createDraw(3).some(9, ['a', 'b']).sort()).toEqual(['a', 'b'])
  })

  test('a word has the length that was asked for', () =>
    expect(createDraw(4).word(9)).toMatch(/^[a-z0-9]{9}$/))
})

describe('what somebody forges who knows all but the secrets', () => {
  test.each([
    ['spring-water-8f31c60a', 'xxxxxxxxxxxxxxxxxxxxx'],
    ['Bearer spring-water-8f31c60a', 'Bearer xxxxxxxxxxxxxxxxxxxxx'],
    ['/refresh/spring-water-8f31c60a/topics/11', '/refresh/xxxxxxxxxxxxxxxxxxxxx/topics/11'],
    ['/topics/11?k=springwater812', '/topics/11?k=xxxxxxxxxxxxxx'],
    ['/topics/11', '/topics/11'],
    ['en-US,en;q=0.9', 'en-US,en;q=0.9'],
    ['^/topics/', '^/topics/'],
    ['teahouse.test', 'teahouse.test'],
  ])('%s', (text, forged) => {
    expect(withoutSecrets(text)).toBe(forged)
    expect(holdsSecret(text)).toBe(text !== forged)
  })

  test('an address stands in each form of it', () => {
    for (const form of addressForms('203.0.113.7')) expect(form).toContain('203.0.113.7')
    expect(forgedAddress('Forwarded', '203.0.113.7')).toEqual({ Forwarded: 'for=203.0.113.7' })
    expect(forgedAddress('X-Real-IP', '203.0.113.7')).toEqual({ 'X-Real-IP': '203.0.113.7' })
  })
})

describe('a stranger', () => {
  test('says in every header that he comes from inside', () => {
    const headers = forgedEverywhere('10.1.3.11')
    expect(headers).toMatchObject({ 'X-Forwarded-For': '10.1.3.11', Forwarded: 'for=10.1.3.11' })
    expect(Object.keys(headers).length).toBeGreaterThan(20)
  })

  test('asks for a fresh copy, and shows no key', () => {
    const names = reloads(createDraw(1)).flatMap((headers) => Object.keys(headers))
    expect(names).toEqual(expect.arrayContaining(['pragma', 'cache-control', 'cookie']))
    expect(names).not.toContain('authorization')
  })

  test.each([
    ['http://edge/topics/3', { 'X-Key': 'Bearer spring-water-8' }, '/topics/3', true],
    ['http://edge/fresh/springwater12/topics/3', {}, '/fresh/xxxxxxxxxxxxx/topics/3', true],
    ['http://edge/topics/3?key=springwater12', {}, '/topics/3?key=xxxxxxxxxxxxx', true],
    ['http://edge:8080/topics/3', { 'X-Refresh': 'yes' }, '/topics/3', false],
  ])('sends %s with other words in the place of secrets', (url, headers, path, isSecret) => {
    const forged = forgeNotice({ method: 'GET', url, headers })
    expect(forged.isSecret).toBe(isSecret)
    expect(forged.request).toMatchObject({ method: 'GET', to: 'edge', path })
    expect(JSON.stringify(forged.request)).not.toContain('spring')
  })
})
