import { beforeAll, describe, expect, test } from 'vitest'
import { follow } from '../../../snippets/lvs/journey.ts'
import { addServer, newService, schedule } from '../../../snippets/lvs/service.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { differences, type Model, type Played } from './compare.ts'
import { faultsOf, makeCase } from './generated-network.ts'
import { frameBugs } from './lvs-bugs.ts'
import { playCases } from './play-cases.ts'

const seed = fuzzSeed()
const modes = ['nat', 'direct-routing', 'tunnel'] as const
/** Every setup so many times, with other addresses, ports and servers each time. */
const timesEach = 3
const connections = 3
let played: readonly Played[]

beforeAll(async () => {
  const seeded = new Seeded(seed)
  const setups = modes.flatMap((mode) => [
    { mode, faults: [] },
    ...faultsOf[mode].map((fault) => ({ mode, faults: [fault] })),
  ])
  const both = {
    mode: 'direct-routing',
    faults: ['no-arp-ignore', 'no-arp-announce'],
  } as const
  // Every other time the servers listen on another port than the readers know.
  const drawn = Array.from({ length: timesEach }, (_, time) =>
    [...setups, both].map((one) => ({ ...one, isMapped: time % 2 === 1 })),
  ).flat()
  const cases = drawn.map(({ mode, faults, isMapped }, index) =>
    makeCase(seeded, index, mode, faults, isMapped),
  )
  played = await playCases(cases, connections)
})

const model: Model = { follow, newService, addServer, schedule }

describe('the frames of a connection', () => {
  test('the model and Linux agree on every frame on every wire, field by field', () => {
    const wrong = played.flatMap((one) =>
      differences(model, one).map((difference) => ({ name: one.made.name, ...difference })),
    )
    const [first] = wrong
    if (first)
      expect(first.kernel, `FUZZ_SEED=${seed}, ${wrong.length} differ; ${first.name}`).toEqual(
        first.model,
      )
  })

  test('every connection was heard, from every mode and with every fault', () => {
    expect(new Set(played.map(({ made }) => made.name)).size).toBe(11)
    for (const { made, connections: heard, answers } of played) {
      expect.soft(heard, made.name).toHaveLength(connections)
      expect.soft(answers, made.name).toHaveLength(connections)
      for (const frames of heard) expect.soft(frames.length, made.name).toBeGreaterThan(2)
    }
  })

  test('connections that succeed, that are refused and that hear nothing are all met', () => {
    const outcomes = played.flatMap((one) => one.answers.map((answer) => answer !== 'failed'))
    expect(outcomes.filter(Boolean).length).toBeGreaterThan(10)
    expect(outcomes.filter((isGood) => !isGood).length).toBeGreaterThan(10)
  })

  test.each(frameBugs)('$name: found', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const wrong = Object.assign(
        {},
        await load('lvs/journey.ts'),
        await load('lvs/service.ts'),
      ) as Model
      return played.filter((one) => differences(wrong, one).length > 0).length
    })
    expect(found).toBeGreaterThan(0)
  })
})
