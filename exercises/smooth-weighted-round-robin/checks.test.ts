import { expect, test } from 'vitest'
import { say } from '../say.ts'
import { createPicker, type Pick } from './starter.ts'

/** `group({ a: 5, b: 1 })`: a picker for server a of weight 5 and server b of weight 1. */
const group = (weights: Readonly<Record<string, number>>) =>
  createPicker(Object.entries(weights).map(([name, weight]) => ({ name, weight })))

/** The next so many answers. */
const next = (count: number, pick: Pick, ...down: string[]) =>
  Array.from({ length: count }, () => pick(new Set(down)) ?? '-')

/** The answers in a row, as you would read them in a log. */
const row = (...args: Parameters<typeof next>) => next(...args).join(' ')

/** How many answers each server gave: `a×5 b×1`. */
function shares(...args: Parameters<typeof next>): string {
  const names = next(...args).sort()
  return [...new Set(names)]
    .map((name) => `${name}×${names.filter((other) => other === name).length}`)
    .join(' ')
}

test(say('servers of equal weight take turns, in their order', '权重相同就按顺序轮流'), () => {
  expect(row(3, group({ a: 4 }))).toBe('a a a')
  expect(row(6, group({ a: 1, b: 1, c: 1 }))).toBe('a b c a b c')
})

test(
  say('5, 1 and 1 of seven requests: the shares are exact', '七个请求分成 5、1、1，分毫不差'),
  () => {
    expect(shares(7, group({ a: 5, b: 1, c: 1 }))).toBe('a×5 b×1 c×1')
    expect(shares(700, group({ a: 5, b: 1, c: 1 }))).toBe('a×500 b×100 c×100')
  },
)

test(
  say('the light servers come between the turns of the heavy one', '轻的服务器插在重的中间'),
  () => {
    expect(row(7, group({ a: 5, b: 1, c: 1 }))).toBe('a a b a c a a')
  },
)

test(
  say('after one cycle the next begins, exactly alike', '一轮结束，下一轮一模一样地开始'),
  () => {
    const pick = group({ a: 3, b: 2, c: 1 })
    const first = row(6, pick)
    expect(row(6, pick)).toBe(first)
  },
)

test(say('on a tie the server that was named first goes first', '分数相同，先写的先来'), () => {
  expect(row(5, group({ a: 2, b: 2, c: 1 }))).toBe('a b c a b')
  expect(row(5, group({ c: 1, b: 2, a: 2 }))).toBe('b a c b a')
})

test(say('two groups know nothing of each other', '两个组互不影响'), () => {
  const one = group({ a: 2, b: 1 })
  const other = group({ a: 2, b: 1 })
  const mixed = Array.from({ length: 3 }, () => `${one()}${other()}`)
  expect(mixed.join(' ')).toBe('aa bb aa')
})

test(say('the list is only read: it may serve for another group', '名单只读不改，还能再用'), () => {
  const servers = [
    { name: 'a', weight: 2 },
    { name: 'b', weight: 1 },
  ]
  next(2, createPicker(servers))
  expect(row(3, createPicker(servers))).toBe('a b a')
  expect(servers).toEqual([
    { name: 'a', weight: 2 },
    { name: 'b', weight: 1 },
  ])
})

test(say('while a is down, the others share by weight', 'a 停机时，其余的按权重分担'), () => {
  expect(shares(60, group({ a: 5, b: 2, c: 1 }), 'a')).toBe('b×40 c×20')
})

test(say('if every server is down, nobody is named', '全部停机，就谁也不选'), () => {
  const pick = group({ a: 1, b: 1 })
  expect(pick(new Set(['a', 'b']))).toBe(undefined)
})

test(say('a server that comes back is not flooded', '恢复的服务器不会被一下子淹没'), () => {
  const pick = group({ a: 2, b: 1, c: 1 })
  next(80, pick, 'b')
  expect(shares(8, pick)).toBe('a×4 b×2 c×2')
})

test(say('nor does it let the others down', '恢复之后，也不会压垮别人'), () => {
  const pick = group({ a: 2, b: 1, c: 1 })
  next(81, pick, 'a')
  expect(shares(8, pick)).toBe('a×4 b×2 c×2')
})
