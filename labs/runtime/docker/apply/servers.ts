import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import type { Problem } from '../../runtime.ts'
import { compose } from '../docker-cli.ts'
import { buildImage } from '../image.ts'
import { withoutNamelessVolumes } from '../nameless-volumes.ts'
import type { Place } from '../place.ts'
import { composeProblem, readCompose, tryConfig } from './compose-file.ts'
import { tryBuild } from './dockerfile.ts'
import type { Edit } from './edit.ts'
import { fallenProblem } from './fallen.ts'
import { writeFiles } from './files.ts'
import { settle } from './settle.ts'

/**
 * The image and the Compose file say together which servers run: each is tried by itself, and what
 * stands the trial is brought up at once. If a server falls then, all of it is taken back.
 */
export async function applyServers(
  place: Place,
  edits: readonly Edit[],
): Promise<{ readonly accepted: readonly Edit[]; readonly problems: readonly Problem[] }> {
  const accepted: Edit[] = []
  const problems: Problem[] = []
  for (const edit of edits) {
    writeFiles(place.live, edit.change.files, edit.now)
    const refused = await tryAlone(place, edit)
    if (refused.length === 0) {
      accepted.push(edit)
      continue
    }
    writeFiles(place.live, edit.change.files, edit.before)
    problems.push(...refused)
  }
  if (accepted.length === 0) return { accepted, problems }
  const fallen = await bringUp(place, accepted)
  if (fallen.length === 0) return { accepted, problems }
  await takeBack(place, accepted)
  return { accepted: [], problems: [...problems, ...fallen] }
}

async function tryAlone(place: Place, { change }: Edit): Promise<readonly Problem[]> {
  if (change.by === 'image') return tryBuild(place, change)
  return tryConfig(place)
}

/** The old files again, and the old servers: what was refused must not go on running. */
export async function takeBack(place: Place, edits: readonly Edit[]): Promise<void> {
  for (const { change, before } of edits) writeFiles(place.live, change.files, before)
  if (edits.some(({ change }) => change.by === 'image')) await buildImage(place)
  const [fallen] = await bringUp(place, [])
  if (!fallen) return
  throw new EnvironmentError(
    say(
      `The last good files do not start any more: ${fallen.message}`,
      `上一份正确的文件也无法启动了：${fallen.message}`,
    ),
    `npm run lab ${place.lab.number} down`,
  )
}

/**
 * Without `--wait`: Compose would give up on a server that is slow, and wait a minute for one that
 * dies and is restarted again and again. Who ignores SIGTERM has two seconds instead of ten.
 */
async function bringUp(place: Place, edits: readonly Edit[]): Promise<Problem[]> {
  const up = ['up', '--detach', '--remove-orphans', '--pull', 'never', '--timeout', '2']
  const started = await withoutNamelessVolumes(place, () => compose(place, up))
  if (started.exitCode !== 0) return [composeProblem(readCompose(place), started.stderr)]
  const fallen = await settle(place)
  return fallen ? [fallenProblem(fallen, readCompose(place), edits)] : []
}
