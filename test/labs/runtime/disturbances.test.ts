import { expect, test } from 'vitest'
import { Disturbances } from '../../../labs/runtime/disturbances.ts'
import type { Runtime } from '../../../labs/runtime/runtime.ts'

test('what a check has broken is put back, in the way that fits, and proxies forget', async () => {
  const calls: string[] = []
  const note = (call: string) => Promise.resolve(void calls.push(call))
  const runtime = {
    server: (name: string) =>
      new Proxy({}, { get: (_, verb: string) => () => note(`${verb} ${name}`) }),
    refresh: () => note('refresh'),
  } as unknown as Runtime
  const disturbances = new Disturbances(runtime)
  await disturbances.break('web1', 'kill')
  await disturbances.break('web2', 'pause')
  await disturbances.break('web2', 'refuse')
  await disturbances.break('redis1', 'split')
  await disturbances.mendAll()
  await disturbances.mendAll()
  expect(calls).toEqual([
    'kill web1',
    'pause web2',
    'resume web2',
    'refuse web2',
    'split redis1',
    'start web1',
    'admit web2',
    'mend redis1',
    'refresh',
  ])
})
