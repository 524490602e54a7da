import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../../language.ts'
import { composeProblem } from '../../servers/compose/problems.ts'
import { imageOf, kindOf } from '../../servers/kind/kinds.ts'
import type { Problem } from '../../servers/kind/problem.ts'
import type { Edit } from '../../servers/kind/server-kind.ts'
import type { Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import { fallenProblem } from './fallen.ts'
import { writeFiles } from './files.ts'
import { onTrial } from './trial.ts'
import type { LabWorld } from './world.ts'

interface Outcome {
  readonly accepted: readonly Edit[]
  readonly problems: readonly Problem[]
}

/** Whatever happens on the way, what was not accepted does not stay in the live folder. */
export async function applyServers(
  place: Place,
  world: LabWorld,
  edits: readonly Edit[],
): Promise<Outcome> {
  if (edits.length === 0) return { accepted: [], problems: [] }
  return onTrial(place.live, async () => {
    try {
      return await tryServers(place, world, edits)
    } catch (error) {
      for (const edit of edits) writeFiles(place.live, edit.change.files, edit.before)
      throw error
    }
  })
}

/**
 * The image and the Compose file say together which servers run: each is tried by itself, and what
 * stands the trial is brought up at once. If a server falls then, all of it is taken back.
 */
async function tryServers(place: Place, world: LabWorld, edits: readonly Edit[]): Promise<Outcome> {
  const accepted: Edit[] = []
  const problems: Problem[] = []
  for (const edit of edits) {
    writeFiles(place.live, edit.change.files, edit.now)
    const refused = (await kindOf(edit.change).tryOut?.(world, [edit])) ?? []
    if (refused.length === 0) {
      accepted.push(edit)
      continue
    }
    writeFiles(place.live, edit.change.files, edit.before)
    problems.push(...refused)
  }
  if (accepted.length === 0) return { accepted, problems }
  const fallen = await bringUp(place, world, accepted)
  if (!fallen) return { accepted, problems }
  await takeBackServers(place, world, accepted)
  return { accepted: [], problems: [...problems, fallen] }
}

/** The old files again, and the old servers: what was refused must not go on running. */
export async function takeBackServers(
  place: Place,
  world: LabWorld,
  edits: readonly Edit[],
): Promise<void> {
  for (const { change, before } of edits) writeFiles(place.live, change.files, before)
  if (imageOf(edits.map(({ change }) => change))) await world.buildImage()
  const fallen = await bringUp(place, world, [])
  if (!fallen) return
  throw new EnvironmentError(
    say(
      `The last good files do not start any more: ${fallen.message}`,
      `上一份正确的文件也无法启动了：${fallen.message}`,
    ),
    `npm run lab ${place.lab.number} down`,
  )
}

async function bringUp(
  { live }: Place,
  world: LabWorld,
  edits: readonly Edit[],
): Promise<Problem | undefined> {
  const said = await world.bringUp()
  if (!said) return undefined
  const text = readFileSync(join(live, 'compose.yaml'), 'utf8')
  return 'refused' in said ? composeProblem(text, said.refused) : fallenProblem(said, text, edits)
}
