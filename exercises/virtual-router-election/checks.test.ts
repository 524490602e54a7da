import { expect, test } from 'vitest'
import { say } from '../say.ts'
import { step, stopped, type Event, type Settings, type State } from './starter.ts'

const settings = (changes: Partial<Settings> = {}): Settings => ({
  address: '10.0.0.2',
  priority: 100,
  intervalMs: 1000,
  preempts: true,
  ...changes,
})

/** A master's word: its priority, and what else is not as usual. */
const hears = (priority: number, address = '10.0.0.3', intervalMs = 1000): Event => ({
  kind: 'advertisement',
  ...{ priority, address, intervalMs },
})

/** `at` plays a router's life: what it does at each moment, in words, sorted. */
class Life {
  state: State = stopped
  readonly #settings: Settings

  constructor(changes: Partial<Settings> = {}) {
    this.#settings = settings(changes)
  }

  at(nowMs: number, event: Event = { kind: 'tick' }): string {
    const { state, actions } = step(this.#settings, this.state, event, nowMs)
    this.state = state
    const words = actions.map((one) =>
      one.do === 'advertise' ? `advertise ${one.priority}` : one.do,
    )
    return words.sort().join(', ') || '-'
  }
}

/** Started at 0, and left alone until it is the master; the time is 4000. */
function master(changes: Partial<Settings> = {}): Life {
  const life = new Life(changes)
  life.at(0, { kind: 'start' })
  life.at(4000)
  return life
}

/** Started at 0, and heard a master at 0. */
function backup(changes: Partial<Settings> = {}, word = hears(200)): Life {
  const life = new Life(changes)
  life.at(0, { kind: 'start' })
  life.at(0, word)
  return life
}

const takesOver = (priority = 100) => `advertise ${priority}, announce-address, take-address`

test(
  say('it waits for three intervals and the skew, then takes over', '等满三个间隔加 skew 才接管'),
  () => {
    const life = new Life()
    expect(life.at(0, { kind: 'start' })).toBe('-')
    expect(life.at(3609)).toBe('-')
    expect(life.at(3610)).toBe(takesOver())
    expect(life.state.role).toBe('master')
  },
)

test(say('the better backup waits less', '优先级高的等得短'), () => {
  const life = new Life({ priority: 200 })
  life.at(0, { kind: 'start' })
  expect(life.at(3218)).toBe('-')
  expect(life.at(3219)).toBe(takesOver(200))
})

test(say('the owner of the address takes it at once', '地址的主人一启动就接管'), () => {
  expect(new Life({ priority: 255 }).at(0, { kind: 'start' })).toBe(takesOver(255))
})

test(say('a master says at every interval that it lives', '主用每隔一个间隔说一声自己还在'), () => {
  const life = master()
  expect(life.at(4999)).toBe('-')
  expect(life.at(5000)).toBe('advertise 100')
  expect(life.at(5999)).toBe('-')
  expect(life.at(6000)).toBe('advertise 100')
})

test(say('every advertisement begins the wait anew', '每听到一次通告就重新等起'), () => {
  const life = backup()
  life.at(3000, hears(200))
  expect(life.at(6609)).toBe('-')
  expect(life.at(6610)).toBe(takesOver())
})

test(say('an equal master is left in peace', '优先级相同的主用，不去抢'), () => {
  const life = backup({}, hears(100))
  life.at(3000, hears(100))
  expect(life.at(6609)).toBe('-')
})

test(say('it waits by the interval that the master said', '等多久，按主用说的间隔算'), () => {
  const life = backup({}, hears(200, '10.0.0.3', 100))
  expect(life.at(360)).toBe('-')
  expect(life.at(361)).toBe(takesOver())
})

test(say('a lower master is pre-empted', '优先级更低的主用会被抢占'), () => {
  const life = backup({}, hears(50))
  life.at(3000, hears(50))
  expect(life.at(3610)).toBe(takesOver())
})

test(say('unless it was told not to', '除非设置了不抢占'), () => {
  const life = backup({ preempts: false }, hears(50))
  life.at(3000, hears(50))
  expect(life.at(6609)).toBe('-')
  expect(life.at(6610)).toBe(takesOver())
})

test(say('after a goodbye it waits for the skew only', '听到告别，只等 skew'), () => {
  const life = backup()
  expect(life.at(500, hears(0))).toBe('-')
  expect(life.state.role).toBe('backup')
  expect(life.at(1109)).toBe('-')
  expect(life.at(1110)).toBe(takesOver())
})

test(say('a master yields to a higher priority', '主用向优先级更高的让步'), () => {
  for (const preempts of [true, false]) {
    const life = master({ preempts })
    expect(life.at(4500, hears(101))).toBe('release-address')
    expect(life.state.role).toBe('backup')
    expect(life.at(8109)).toBe('-')
    expect(life.at(8110)).toBe(takesOver())
  }
})

test(
  say('of two equal masters the higher address stays', '两个主用优先级相同，地址大的留下'),
  () => {
    const nine = master({ address: '10.0.0.9' })
    expect(nine.at(4500, hears(100, '10.0.0.10'))).toBe('release-address')
    const ten = master({ address: '10.0.0.10' })
    expect(ten.at(4500, hears(100, '10.0.0.9'))).not.toContain('release-address')
    expect(ten.state.role).toBe('master')
    // Each byte weighs more than all behind it.
    for (const [low, high] of [
      ['10.0.0.255', '10.0.1.0'],
      ['10.0.255.255', '10.1.0.0'],
      ['9.255.255.255', '10.0.0.0'],
    ]) {
      expect(master({ address: low }).at(4500, hears(100, high))).toBe('release-address')
      expect(master({ address: high }).at(4500, hears(100, low))).not.toContain('release-address')
    }
  },
)

// Whether it also advertises at once differs between RFC 5798 and RFC 9568.
test(say('a master does not yield to a lower priority', '主用不向优先级更低的让步'), () => {
  const life = master()
  expect(life.at(4500, hears(99))).toMatch(/^(?:-|advertise 100)$/)
  expect(life.state.role).toBe('master')
})

test(say('a master that hears a goodbye speaks at once', '主用听到告别，马上说一声'), () => {
  expect(master().at(4500, hears(0))).toBe('advertise 100')
})

test(
  say('a master that stops says goodbye and gives the address up', '主用停下时告别，并交出地址'),
  () => {
    const life = master()
    expect(life.at(4500, { kind: 'stop' })).toBe('advertise 0, release-address')
    expect(life.state.role).toBe('stopped')
  },
)

test(say('who runs already is not started again', '已经在运行的，不会再启动一次'), () => {
  const first = master()
  expect(first.at(4500, { kind: 'start' })).toBe('-')
  expect(first.state.role).toBe('master')
  const second = backup()
  expect(second.at(500, { kind: 'start' })).toBe('-')
  expect(second.state.role).toBe('backup')
})

test(say('a backup stops without a word', '备用停下时不作声'), () => {
  const life = backup()
  expect(life.at(500, { kind: 'stop' })).toBe('-')
  expect(life.at(9000)).toBe('-')
})

test(say('who is stopped hears nothing', '停着的什么也听不见'), () => {
  const life = new Life()
  expect(life.at(0, hears(0))).toBe('-')
  expect(life.at(9000)).toBe('-')
  expect(life.state.role).toBe('stopped')
})

test(
  say('two routers know nothing of each other but what they say', '两台路由器只凭通告知道对方'),
  () => {
    const [one, other] = [new Life(), new Life({ address: '10.0.0.3', priority: 50 })]
    one.at(0, { kind: 'start' })
    other.at(1000, { kind: 'start' })
    expect(one.at(3610)).toBe(takesOver())
    expect(other.at(3610, hears(100, '10.0.0.2'))).toBe('-')
    expect(one.at(4610)).toBe('advertise 100')
    expect(other.at(4805)).toBe('-')
  },
)
