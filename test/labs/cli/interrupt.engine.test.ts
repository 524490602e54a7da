import { describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { isNight } from '../../proof/when.ts'
import { chanceFrom } from './chance.ts'
import { readerOnEngine, whatIsLeft } from './engine-of-tests.ts'
import type { Reader } from './reader.ts'
import type { RunningCommand } from './running-command.ts'

/** At night new moments; `SEED=… npx vitest …` repeats a run that has failed. */
const seed = Number(process.env.SEED ?? (isNight ? Date.now() % 100_000 : 20_261))
const within = chanceFrom(seed)

let reader: Reader
let engine: Engine
readerOnEngine((given) => ({ reader, engine } = given))

const moments: readonly (readonly [string, (lab: RunningCommand) => Promise<unknown>])[] = [
  ['as soon as it is typed', () => within(400)],
  ['while an engine is chosen', () => within(2500)],
  ['when the network is there', (lab) => lab.says(/Network .* Created/)],
  ['when the first container is made', (lab) => lab.says(/Container .* Created/)],
  ['while a server wakes up', (lab) => lab.says(/web1-1 Started/).then(() => within(1000))],
  ['when the last server but nginx is healthy', (lab) => lab.says(/web2-1 Healthy/)],
  ['when nginx is made', (lab) => lab.says(/nginx-1 (?:Created|Started)/)],
  ['when the lab is ready', (lab) => lab.says(/"event":"ready"/)],
  // The last task takes a second or two: web1 is dead meanwhile.
  ['while it checks', (lab) => lab.says(/"event":"verdict"/).then(() => within(1500))],
  [
    'while it closes, once more',
    async (lab) => {
      await lab.says(/"event":"verdict"/)
      lab.signal('SIGINT')
      await within(1500)
    },
  ],
]

describe(`Ctrl-C (seed ${seed})`, () => {
  test.each(moments)('%s leaves nothing behind', async (_, moment) => {
    const lab = reader.start(['1', '--json'])
    await moment(lab)
    lab.signal('SIGINT')
    const { code, signal, stdout } = await lab.ended
    // Node itself ends by the signal before the command's own code is there.
    expect([code, signal]).toBeOneOf([
      [130, null],
      [null, 'SIGINT'],
    ])
    expect(stdout).not.toContain('"outcome":"error"')
    expect(await whatIsLeft(engine, reader)).toEqual([])
  })
})
