import { describe, expect, test } from 'vitest'
import { watchOutage } from '../../../labs/kit/outages.ts'
import { matchConnections } from '../../../labs/kit/scheduled.ts'

const connection = (client: string, server: string, service = '192.0.2.100:8001') => ({
  client,
  service,
  server,
})

describe('whom the directors give connections to', () => {
  const from = '192.0.2.50'
  const question = { service: '192.0.2.100:8001', from }

  test('is what they remember now and did not before', () => {
    const before = [connection(`${from}:1`, 'a')]
    const after = [...before, connection(`${from}:2`, 'b'), connection(`${from}:3`, 'a')]
    expect(matchConnections([question, question], before, after)).toEqual(['b', 'a'])
  })

  test('is nobody, where they remember nothing: another reader’s, or another service’s', () => {
    const after = [connection('192.0.2.5:1', 'a'), connection(`${from}:2`, 'a', '192.0.2.100:8002')]
    expect(matchConnections([question], [], after)).toEqual(['nobody'])
  })

  test('a port that the reader has used for another service is a new connection', () => {
    const before = [connection(`${from}:1`, 'a', '192.0.2.100:8002')]
    const after = [...before, connection(`${from}:1`, 'b')]
    expect(matchConnections([question], before, after)).toEqual(['b'])
  })
})

describe('an outage', () => {
  test('is looked for until the disturbance is over, and all has been well for a second', async () => {
    let [asked, isOver] = [0, false]
    setTimeout(() => (isOver = true), 200)
    const begun = performance.now()
    const well = () => Promise.resolve(++asked > 0)
    const found = await watchOutage(well, () => isOver, 6000)
    expect(found).toEqual({ ms: 0, lost: 0, isBack: true })
    expect(performance.now() - begun).toBeGreaterThan(1000)
  })

  test('is as long as from the first question that is lost to the end of the last', async () => {
    let asked = 0
    const lost = [3, 4, 5]
    const found = await watchOutage(
      () => Promise.resolve(!lost.includes(++asked)),
      () => true,
      6000,
    )
    expect(found).toMatchObject({ lost: 3, isBack: true })
    expect(found.ms).toBeGreaterThan(30)
    expect(found.ms).toBeLessThan(1000)
  })

  test('that does not end is given up, and told', async () => {
    const found = await watchOutage(
      () => Promise.resolve(false),
      () => true,
      200,
    )
    expect(found.isBack).toBe(false)
  })
})
