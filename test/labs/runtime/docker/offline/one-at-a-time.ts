import { createHash } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { withLock } from '../../../../../labs/runtime/docker/offline/lock.ts'

// The files of this folder share one engine, which some of them empty or stop: whoever imports this
// waits until no other file is at it.
const name = createHash('sha256')
  .update(import.meta.dirname)
  .digest('hex')
  .slice(0, 16)
let leave = () => {}

beforeAll(
  () =>
    new Promise<void>((entered) => {
      void withLock(`four-tiers-tests-${name}`, () => {
        entered()
        return new Promise<void>((resolve) => (leave = resolve))
      })
    }),
)

afterAll(() => leave())
