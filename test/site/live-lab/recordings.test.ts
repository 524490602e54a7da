import { expect, test } from 'vitest'
import { replay } from './recordings.ts'
import { drawn, strayHops } from './stage-lines.ts'

test.each(drawn)(
  'in a run of lab $lab.slug every hop is a line of its picture',
  ({ lab, stage }) => {
    const events = replay(lab)
    expect(events.some(({ kind }) => kind === 'answered')).toBe(true)
    expect(strayHops(stage, events).join(', ')).toBe('')
  },
)
