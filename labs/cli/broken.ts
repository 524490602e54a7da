import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Disturbance, Disturbances, type Keeper } from '../runtime/disturbances.ts'
import type { Place } from '../runtime/docker/place.ts'
import type { Runtime } from '../runtime/runtime.ts'

export type Broken = Disturbances<Disturbance>

export const brokenFile = (place: Pick<Place, 'live'>) => join(dirname(place.live), 'broken.json')

/** What the reader has broken. Kept in a file: `mend` may come from another terminal. */
export const brokenIn = (place: Pick<Place, 'live'>, runtime: Runtime): Broken =>
  new Disturbances(runtime, inFile(brokenFile(place)))

function inFile(file: string): Keeper<Disturbance> {
  return {
    read: () =>
      existsSync(file)
        ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Disturbance>)
        : {},
    write(open) {
      // Written beside and renamed: another terminal may read at any moment.
      writeFileSync(`${file}.new`, JSON.stringify(open))
      renameSync(`${file}.new`, file)
    },
  }
}
