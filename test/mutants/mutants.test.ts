import { describe as group, expect, test } from 'vitest'
import { describe, mutantsOf } from './mutants.ts'

const nginx = `upstream app {
  server web1:3000 max_fails=1;
  server web2:3000;
}
server {
  listen 80;
  location / {
    proxy_pass http://app;
  }
}
`
const of = (text: string) => mutantsOf(new Map([['teahouse.conf', text]]))
const ids = (text: string) => of(text).map(({ id }) => id)

group('the id of a mutant', () => {
  test('is one for each', () => {
    expect(new Set(ids(nginx)).size).toBe(of(nginx).length)
    expect(of(nginx).length).toBeGreaterThan(20)
  })

  test('stays when lines around are added and moved', () => {
    const more = `# Who answers.\n\n${nginx.replace('  listen 80;', '\n\n    listen   80;')}`
    expect(ids(more).sort()).toEqual(ids(nginx).sort())
  })

  test('is another when the statement is another, and only then', () => {
    const changed = nginx.replace('max_fails=1', 'max_fails=2')
    const [before, after] = [of(nginx), of(changed)]
    const kept = after.filter(({ id }) => before.some((one) => one.id === id))
    // The block's head is as before, and so are those of the other server.
    expect(kept.some(({ statement }) => statement.includes('max_fails'))).toBe(false)
    expect(kept.map(({ statement }) => statement)).toContain('listen 80')
    expect(kept.map(({ statement }) => statement)).toContain('server web2:3000')
  })

  test('tells two statements apart that are written alike', () => {
    const twice = 'server { listen 80; }\nserver { listen 80; }\n'
    expect(new Set(ids(twice)).size).toBe(ids(twice).length)
  })

  test('is another in another file', () => {
    const elsewhere = mutantsOf(new Map([['other.conf', nginx]]))
    expect(elsewhere.filter(({ id }) => ids(nginx).includes(id))).toEqual([])
  })
})

test('no mutant is the solution, and no two are the same file', () => {
  const texts = of(nginx).map(({ text }) => text)
  expect(texts).not.toContain(nginx)
  expect(new Set(texts).size).toBe(texts.length)
})

test('a file of no known kind has none', () => {
  expect(mutantsOf(new Map([['notes.txt', 'listen 80;']]))).toEqual([])
})

group('in words, a mutant', () => {
  const told = (was: string, becomes: string) =>
    describe({ ...of(nginx)[0]!, kind: 'name', was, becomes })

  test('says what became of what', () =>
    expect(told('1s', '2s')).toBe('teahouse.conf: 1s → 2s (name)'))

  test('that leaves out says what is missing', () =>
    expect(told('listen\n  80;', '')).toBe('teahouse.conf: without listen 80; (name)'))

  test('of a long line shows where it differs', () => {
    const long = 'a'.repeat(70)
    expect(told(`${long} b`, `${long} c`)).toBe(
      'teahouse.conf: …aaaaaaaaaaa b → …aaaaaaaaaaa c (name)',
    )
  })
})
