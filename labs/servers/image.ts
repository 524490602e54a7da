import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseBuild } from './image/build-report.ts'
import type { Problem } from './kind/problem.ts'
import type { ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'

type ImageChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('image'),
  /** The folder with the Dockerfile. */
  files: z.string(),
  service: z.string(),
})

/** A server whose image is built from the reader's files; then Compose brings it up. */
export const kind: ServerKind<ImageChange> = {
  change,
  tier: 'image',
  saysWhatRuns: true,
  servers: ({ service }) => [service],
  builds: ({ service }) => service,
  mayGo: (_, file) => !file.endsWith('Dockerfile'),
  tryOut: (world, [{ change }]) => tryBuild(world, change),
}

/** Builds the image; the running server keeps the old one until Compose brings up the new. */
async function tryBuild(world: World, { files }: ImageChange): Promise<readonly Problem[]> {
  const { exitCode, stdout, stderr } = await world.buildImage()
  if (exitCode === 0) return []
  const file = `${files}Dockerfile`
  return [parseBuild(`${stdout}\n${stderr}`, file, readFileSync(join(world.live, file), 'utf8'))]
}
