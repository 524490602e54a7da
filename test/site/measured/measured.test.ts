import { expect, test } from 'vitest'
import { readRecords } from '../../../.vitepress/book/claim-records.ts'
import { readPages } from '../../../.vitepress/config/claims.ts'
import { digits } from '../../../.vitepress/theme/measured/digits.ts'
import { messages } from '../../../.vitepress/theme/measured/messages.ts'

const records = readRecords()
const bills = [...readPages()].flatMap(([page, markdown]) =>
  [...markdown.matchAll(/<TierBill claim="([^"]+)"/g)].map(([, claim]) => [page, claim!] as const),
)

test.each(bills)('%s: what is drawn of %s has been measured, and has a name', (_, claim) => {
  const ways = records[claim]?.figure?.ways ?? []
  expect(ways.length).toBeGreaterThan(1)
  const names = ways.map(({ way }) => way).sort()
  for (const texts of Object.values(messages))
    expect(Object.keys(texts.bills[claim]?.ways ?? {}).sort()).toEqual(names)
})

test('both tiers’ chapters draw their bill, in both languages', () => {
  expect(bills.map(([page]) => page).sort()).toEqual([
    'docs/cache-tier.md',
    'docs/layer-four.md',
    'docs/zh/cache-tier.md',
    'docs/zh/layer-four.md',
  ])
})

test('outages are drawn of claims that have measured them', () => {
  for (const texts of Object.values(messages))
    for (const claim of Object.keys(texts.outages.falls))
      expect(records[claim]?.figure?.outagesMs?.length, claim).toBeGreaterThan(4)
})

test.each([
  [1019, '1,019'],
  [12.19, '12.2'],
  [78.01, '78.0'],
  [0.01333, '0.013'],
])('%d is written %s', (value, text) => expect(digits(value, 'en-GB')).toBe(text))
