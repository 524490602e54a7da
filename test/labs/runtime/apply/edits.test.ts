import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTooLarge, readEdits } from '../../../../labs/runtime/apply/edits.ts'
import type { Place } from '../../../../labs/runtime/docker/place.ts'
import { labCalled } from '../../lab-under-test.ts'

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'edits-'))
  const [work, live] = [join(folder, 'work'), join(folder, 'live')]
  mkdirSync(join(work, 'app'), { recursive: true })
  return { lab: labCalled('single-server'), work, live } as Place
}

/** Takes no room on the disk. */
function sparse(file: string, megabytes: number) {
  writeFileSync(file, '')
  truncateSync(file, megabytes * 1e6)
}

test('a huge file among the reader’s is refused by its name before it is read', () => {
  const there = place()
  sparse(join(there.work, 'app/dump.sql'), 600)
  expect(findTooLarge(there)).toMatchObject([
    { file: 'app/dump.sql', message: expect.stringMatching(/600 MB/) },
  ])
})

test('a huge file beside them is no business of the lab’s', () => {
  const there = place()
  sparse(join(there.work, 'disk.img'), 4000)
  writeFileSync(join(there.work, 'app/server.js'), 'x')
  expect(findTooLarge(there)).toEqual([])
  const read = readEdits(there).flatMap(({ now }) => [...now.keys()])
  expect(read).toEqual(['app/server.js'])
})
