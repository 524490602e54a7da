import { describe, expect, test } from 'vitest'
import { messages } from '../../../.vitepress/theme/explorers/key/key-messages.ts'
import {
  actorBars,
  leaseBars,
  redisBars,
  toneOf,
} from '../../../.vitepress/theme/explorers/key/key-picture.ts'
import {
  freeName,
  make,
  mostMoves,
  newSession,
  stories,
  underWay,
  worldOf,
  type Session,
  type StoryId,
} from '../../../.vitepress/theme/explorers/key/key-session.ts'
import { wordsOf } from '../../../.vitepress/theme/explorers/key/key-words.ts'
import { isStuck, type Rules } from '../../../snippets/cache/key-life.ts'

/** A story as it goes, under its own rules or under others. */
function told(id: StoryId, changed: Partial<Rules> = {}): Session {
  const { rules, redis, moves } = stories[id]
  return moves.reduce(
    (session, move) => make(session, { ...rules, ...changed }, move),
    newSession(redis),
  )
}

const outcomesOf = ({ played }: Session) =>
  played.map(({ move, outcome }) => outcome ?? move.kind).join(' ')

describe('the explorer of a key’s life', () => {
  test.each([
    ['life', {}, 'miss read filled hit written deleted miss read filled hit'],
    ['late-fill', {}, 'miss read written deleted filled hit'],
    ['late-fill', { filling: 'lease' }, 'leased read written deleted refused leased read filled'],
    ['delete-first', {}, 'deleted miss read written filled hit'],
    ['crossing', {}, 'written written updated updated hit'],
    ['writer-dies', {}, 'written dies hit expires leased read filled'],
    ['asker-dies', {}, 'leased dies waits waits expires leased read filled'],
    // Without a lease nobody waits for the dead.
    ['asker-dies', { filling: 'plain' }, 'miss dies miss read expires filled'],
  ] as const)('its story "%s" with %o goes: %s', (id, changed, outcomes) =>
    expect(outcomesOf(told(id, changed))).toBe(outcomes),
  )

  test('the races end with an old version that stays, and with the cure they don’t', () => {
    const stuck = (session: Session) => isStuck(worldOf(session))
    expect(stuck(told('late-fill'))).toBe(true)
    expect(stuck(told('late-fill', { filling: 'lease' }))).toBe(false)
    expect(stuck(told('delete-first', { filling: 'lease' }))).toBe(true)
    expect(stuck(told('delete-first', { filling: 'lease', writing: 'delete-after' }))).toBe(false)
    expect(stuck(told('crossing', { filling: 'lease' }))).toBe(true)
  })

  test('the bar of what Redis has changes where the old version came back', () => {
    const bars = redisBars(told('late-fill'))
    expect(bars).toEqual([{ key: '5', from: 5, to: 7, version: 1, isStuck: true }])
    const cured = redisBars(told('late-fill', { filling: 'lease' }))
    expect(cured).toEqual([{ key: '8', from: 8, to: 9, version: 2, isStuck: false }])
  })

  test('the lease is drawn from the miss that gave it to the delete that ended it', () => {
    expect(leaseBars(told('late-fill', { filling: 'lease' }))).toMatchObject([
      { from: 1, to: 4, version: 1 },
      { from: 6, to: 8, version: 4 },
    ])
  })

  test('who is shown too old a version is marked, and told why', () => {
    const session = told('late-fill')
    const last = session.played.at(-1)!
    expect(toneOf(last)).toBe('bad')
    expect(actorBars(session, 'web2').at(-1)).toMatchObject({ name: 'R4', isDeceived: true })
    expect(wordsOf(last, session.played.at(-2)!.world, messages.en)).toBe(
      'R4 at web2: looks in Redis, finds v1, and shows it. Too old: v2 had been acknowledged before it came.',
    )
    expect(wordsOf(session.played[4]!, session.played[3]!.world, messages.zh)).toContain(
      'Redis 里是 v1，数据库里是 v2',
    )
  })

  test('two who overlap on one server lie one below the other, and rows are used again', () => {
    const rows = actorBars(told('crossing'), 'web1').map(({ name, row }) => `${name} ${row}`)
    expect(rows).toEqual(['W1 0', 'R1 0'])
    const rules = stories.life.rules
    const both = ['R1', 'R3'].reduce(
      (session, name) => make(session, rules, { kind: 'step', name }),
      newSession(undefined),
    )
    expect(actorBars(both, 'web1').map(({ row }) => row)).toEqual([0, 1])
    expect(underWay(both, rules)).toEqual([
      { name: 'R1', act: 'ask' },
      { name: 'R3', act: 'ask' },
    ])
    expect(freeName(both, 'reader', 'web1')).toBe('R5')
  })

  test('when the picture is full nothing more is played', () => {
    const expires = { kind: 'expires' } as const
    let session = newSession(1)
    for (let move = 0; move < mostMoves; move++)
      session = make(session, stories.life.rules, expires)
    expect(session.played).toHaveLength(mostMoves)
    expect(make(session, stories.life.rules, expires)).toBe(session)
  })

  test('both languages have the same texts', () => {
    const keys = (value: object): unknown =>
      Object.entries(value).map(([key, inner]: [string, unknown]) => [
        key,
        typeof inner === 'object' && inner && !Array.isArray(inner) ? keys(inner) : typeof inner,
      ])
    expect(keys(messages.zh)).toEqual(keys(messages.en))
  })
})
