import type { ExecResult } from '../runtime.ts'
import { compose, docker, ofProject } from './docker-cli.ts'
import type { Place } from './place.ts'

/** Builds the reader's image from the live folder. The one that it replaces is thrown away. */
export async function buildImage(place: Place, signal?: AbortSignal): Promise<ExecResult> {
  // Plain: each step with its whole output, which is where a program says what it did not like.
  const result = await compose(place, ['--progress', 'plain', 'build'], { signal })
  if (result.exitCode === 0) await removeImages(place, 'replaced')
  return result
}

/** `replaced`: those without a name any more; `all`: whatever this lab has built and does not run. */
export async function removeImages(place: Place, which: 'replaced' | 'all'): Promise<void> {
  const filter = ['--filter', ofProject(place.project)]
  const all = which === 'all' ? ['--all'] : []
  await docker(place, ['image', 'prune', '--force', ...all, ...filter])
}
