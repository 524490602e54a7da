import { expect, test } from 'vitest'
import { readEnv } from '../../../labs/teahouse/env.ts'

const read = (env: Record<string, string>) =>
  readEnv({ DATABASE_URL: 'memory:', ...env }, { hostname: 'box' })

test('a database is all that has to be said', () => {
  expect(read({})).toEqual({
    port: 3000,
    name: 'box',
    database: { kind: 'memory' },
    redis: undefined,
    sessions: 'memory',
    dataCache: 'redis',
    avatarDir: undefined,
  })
})

test('an empty variable is one that was not set, as Compose passes it', () => {
  expect(read({ PORT: '', REDIS_URL: '', SESSIONS: '' })).toEqual(read({}))
})

test.each([
  [{ PORT: '70000' }, /^PORT=70000, but .* Set PORT=3000$/],
  [{ SERVER_NAME: 'web 1' }, /^SERVER_NAME=web 1, .* Set SERVER_NAME=web1$/],
  [{ DATABASE_URL: 'postgres://db/tea' }, /^DATABASE_URL=postgres:.* Set DATABASE_URL=mysql:/],
  [{ DATABASE_URL: '' }, /^DATABASE_URL is not set, .* memory:/],
  [{ REDIS_URL: 'redis' }, /^REDIS_URL=redis, .* Set REDIS_URL=redis:\/\/redis:6379$/],
  [{ SESSIONS: 'cookie' }, /^SESSIONS=cookie, .* Set SESSIONS=memory$/],
  [{ SESSIONS: 'redis' }, /^REDIS_URL is not set, .* SESSIONS=redis/],
  [{ SESSIONS: 'redis', REDIS_URL: 'memory:' }, /^REDIS_URL=memory:, .* SESSIONS=redis/],
])('a mistake is answered with what was found and what to set: %j', (env, message) => {
  expect(() => read(env)).toThrow(message)
})

test('a password in a wrong address does not reach the log', () => {
  expect(() => read({ DATABASE_URL: 'mysqll://tea:secret@db/tea' })).toThrow(/tea:\*\*\*@db/)
})
