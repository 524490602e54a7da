import { describe, expect, test } from 'vitest'
import { messages, nameOf } from '../../../.vitepress/theme/explorers/packet/packet-messages.ts'
import { waysOf } from '../../../.vitepress/theme/explorers/packet/packet-places.ts'
import {
  commandsOf,
  faultsOf,
  networkOf,
  stepsOf,
  type Question,
} from '../../../.vitepress/theme/explorers/packet/packet-question.ts'
import { rowsOf } from '../../../.vitepress/theme/explorers/packet/packet-rows.ts'
import { endingOf, sentenceOf } from '../../../.vitepress/theme/explorers/packet/packet-story.ts'

const modes = ['nat', 'direct-routing', 'tunnel'] as const
const questions: readonly Question[] = modes.flatMap((mode) =>
  [undefined, ...faultsOf[mode]].map((fault) => ({ mode, fault })),
)
const endOf = (mode: Question['mode'], fault?: Question['fault']) =>
  stepsOf({ mode, fault }).at(-1)!.ending!

describe('the packet explorer', () => {
  test('each mode brings the reader an answer, and only NAT brings it through the director', () => {
    expect(modes.map((mode) => endOf(mode))).toMatchObject([
      { outcome: 'connected', director: 'both-ways' },
      { outcome: 'connected', director: 'requests' },
      { outcome: 'connected', director: 'requests' },
    ])
  })

  test.each([
    ['nat', 'port-mapping', 'connected'],
    ['nat', 'wrong-gateway', 'silence'],
    ['direct-routing', 'port-mapping', 'refused'],
    ['direct-routing', 'no-virtual-address', 'silence'],
    ['tunnel', 'port-mapping', 'refused'],
    ['tunnel', 'reverse-path-check', 'silence'],
  ] as const)('%s with %s ends in %s', (mode, fault, outcome) =>
    expect(endOf(mode, fault).outcome).toBe(outcome),
  )

  test('without arp_ignore or arp_announce the director is bypassed', () => {
    for (const fault of ['no-arp-ignore', 'no-arp-announce'] as const)
      expect(endOf('direct-routing', fault)).toMatchObject({ director: 'nothing' })
    expect(stepsOf({ mode: 'direct-routing', fault: 'no-arp-announce' }).at(-1)!.connection).toBe(2)
  })

  test('direct routing changes nothing on the packet but the MAC and the hops', () => {
    const { frame } = stepsOf({ mode: 'direct-routing', fault: undefined }).find(
      (step) => step.frame.why === 'readdresses',
    )!
    expect(frame.kind === 'tcp' && frame.rewritten).toEqual(['sourceMac', 'destinationMac', 'ttl'])
  })

  test.each(['en', 'zh'] as const)('in %s every frame has a sentence, a row and a way', (lang) => {
    const texts = messages[lang]
    for (const question of questions)
      for (const step of stepsOf(question)) {
        const { frame } = step
        expect(sentenceOf(step, texts)).toMatch(/[.。？?！]$/)
        expect(sentenceOf(step, texts)).not.toMatch(/undefined/)
        if (step.ending) expect(endingOf(step.ending, texts)).toMatch(/[.。]$/)
        const rows = rowsOf(frame, undefined, networkOf(question.mode), texts)
        expect(JSON.stringify(rows)).not.toMatch(/undefined/)
        expect(new Set(rows.map(({ layer }) => layer)).size).toBe(rows.length)
        for (const way of waysOf(frame, question.mode)) expect(way).not.toMatch(/NaN|undefined/)
        expect(nameOf(texts, frame.to)).not.toBe('')
      }
  })

  test('the commands say what is missing by leaving it out', () => {
    for (const question of questions) {
      const fine = commandsOf({ ...question, fault: undefined })
      if (question.fault) expect(commandsOf(question)).not.toBe(fine)
    }
  })
})

test('both languages have the same texts', () => {
  const keys = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([key, inner]) => [key, keys(inner)])
      : typeof value
  expect(keys(messages.zh)).toEqual(keys(messages.en))
})
