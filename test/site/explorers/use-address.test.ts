import { expect, test } from 'vitest'
import {
  addressWith,
  numberIn,
  oneOf,
  takeFrom,
} from '../../../.vitepress/theme/explorers/parts/use-address.ts'

function choices() {
  const chosen = { tea: 'green' as 'green' | 'black', cups: 3 }
  return {
    chosen,
    choices: {
      tea: oneOf(
        ['green', 'black'],
        'green',
        () => chosen.tea,
        (tea) => (chosen.tea = tea),
      ),
      cups: numberIn(
        { min: 0, max: 90, step: 3 },
        3,
        () => chosen.cups,
        (cups) => {
          chosen.cups = cups
        },
      ),
    },
  }
}

test('what the address says is chosen, and what cannot be chosen changes nothing', () => {
  const { chosen, choices: all } = choices()
  takeFrom('?cups=9&other=1&tea=black', all)
  expect(chosen).toEqual({ tea: 'black', cups: 9 })
  for (const wrong of [
    '?tea=oolong',
    '?tea=',
    '?cups=91',
    '?cups=-3',
    '?cups=4',
    '?cups=9.0',
    '?cups=',
  ])
    takeFrom(wrong, all)
  expect(chosen).toEqual({ tea: 'black', cups: 9 })
})

test('the address says what is chosen; the usual is left out, and everything else stays', () => {
  const { chosen, choices: all } = choices()
  expect(addressWith('https://tea.test/a?x=1&tea=black#end', all)).toBe(
    'https://tea.test/a?x=1#end',
  )
  chosen.cups = 0
  chosen.tea = 'black'
  const address = addressWith('https://tea.test/a?x=1#end', all)
  expect(address).toBe('https://tea.test/a?x=1&tea=black&cups=0#end')
  const again = choices()
  takeFrom(new URL(address).search, again.choices)
  expect(again.chosen).toEqual(chosen)
})
