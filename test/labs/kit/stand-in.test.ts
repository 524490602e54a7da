import { expect, test } from 'vitest'
import { type Guarded, withStandIn } from '../../../labs/kit/stand-in.ts'

const address = '192.0.2.100'

/** Two directors; `successor` takes the address while lvs1 is off. */
function pair(successor?: string) {
  const calls: string[] = []
  let held = ['lvs1']
  const holders = () => Promise.resolve(held)
  const lab: Guarded = {
    refuse: (name) => (calls.push(`off ${name}`), (held = successor ? [successor] : []), done()),
    start: (name) => (calls.push(`on ${name}`), (held = ['lvs1']), done()),
    wire: { holders, settled: holders },
  }
  return { lab, calls }
}
const done = () => Promise.resolve()

test('the other director is judged in the place of the first, which comes back then', async () => {
  const { lab, calls } = pair('lvs2')
  await withStandIn(
    lab,
    address,
    ['lvs1', 'lvs2'],
    (name) => (calls.push(`judged ${name}`), done()),
  )
  expect(calls).toEqual(['off lvs1', 'judged lvs2', 'on lvs1'])
})

test('the first comes back also when the other is found wanting', async () => {
  const { lab, calls } = pair('lvs2')
  const wanting = () => Promise.reject(new Error('wanting'))
  await expect(withStandIn(lab, address, ['lvs1', 'lvs2'], wanting)).rejects.toThrow('wanting')
  expect(calls).toEqual(['off lvs1', 'on lvs1'])
})

test('where none takes the place nobody is judged', async () => {
  const { lab, calls } = pair()
  await withStandIn(
    lab,
    address,
    ['lvs1', 'lvs2'],
    (name) => (calls.push(`judged ${name}`), done()),
  )
  expect(calls).toEqual(['off lvs1', 'on lvs1'])
})
