import { randomUUID } from 'node:crypto'
import { appendFileSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Rebuilt } from '../runtime.ts'
import { composeArguments, containerName, docker } from './docker-cli.ts'
import { builtService, type Place } from './place.ts'

/**
 * Builds the reader's image once more from a copy in which each of these files has one comment
 * more (one that is not there is new), and tells what that cost. The running server and its image stay as they are.
 */
export async function rebuildWith(place: Place, files: readonly string[]): Promise<Rebuilt> {
  const service = builtService(place)
  if (!service) throw new Error(`lab ${place.lab.number} builds no image`)
  const folder = join(dirname(place.live), 'rebuild')
  const image = `${place.project}-rebuilt`
  try {
    rmSync(folder, { recursive: true, force: true })
    cpSync(place.live, folder, { recursive: true })
    // A line that was never there: an earlier round may have left its layers in the cache.
    for (const file of files) appendFileSync(join(folder, file), `\n// ${randomUUID()}\n`)
    writeFileSync(join(folder, 'image.yaml'), `services: { ${service}: { image: ${image} } }\n`)
    const build = await composeIn(place, folder, ['--progress', 'plain', 'build', service])
    if (build.exitCode !== 0) throw notBuilt(build.stderr)
    const before = await layersOf(place, await imageOf(place, service))
    // The latest first, as `docker history` has them: one that is unchanged may lie on one that is new.
    const isNew = (await layersOf(place, image)).reverse().map((layer) => !before.includes(layer))
    const sizes = await layerSizes(place, image)
    return {
      newBytes: sizes.reduce((sum, size, index) => (isNew[index] ? sum + size : sum), 0),
      ranAgain: ranAgain(`${build.stdout}\n${build.stderr}`),
    }
  } finally {
    await docker(place, ['image', 'rm', '--force', image])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** With the copy in the place of the last good files. */
function composeIn(place: Place, folder: string, args: readonly string[]) {
  const files = ['--file', join(folder, 'image.yaml')]
  return docker({ ...place, live: folder }, [...composeArguments(place, folder), ...files, ...args])
}

const notBuilt = (stderr: string) =>
  new EnvironmentError(
    say(`The image could not be built again: ${stderr}`, `镜像无法再次构建：${stderr}`),
    'npm run lab doctor',
  )

/** `#12 [web stage-0 3/6] RUN npm ci`, and no `#12 CACHED` after it. */
export function ranAgain(output: string): string[] {
  const cached = new Set([...output.matchAll(/^#(\d+) CACHED$/gm)].map(([, step]) => step))
  const runs = output.matchAll(/^#(\d+) \[[^\]]*\] (RUN .*)$/gm)
  return [...new Map([...runs].map(([, step = '', run = '']) => [step, run]))]
    .filter(([step]) => !cached.has(step))
    .map(([, run]) => run)
}

async function imageOf(place: Place, service: string): Promise<string> {
  const args = ['inspect', '--format', '{{.Image}}', containerName(place, service)]
  return (await docker(place, args)).stdout.trim()
}

async function layersOf(place: Place, image: string): Promise<string[]> {
  const format = '{{range .RootFS.Layers}}{{println .}}{{end}}'
  const { stdout } = await docker(place, ['image', 'inspect', '--format', format, image])
  return stdout.split('\n').filter(Boolean)
}

/** Bytes of each layer, the latest first. What is no layer (ENV, USER, CMD) is left out. */
async function layerSizes(place: Place, image: string): Promise<number[]> {
  const format = '{{.Size}}\t{{.CreatedBy}}'
  const args = ['history', '--human=false', '--no-trunc', '--format', format, image]
  const { stdout } = await docker(place, args)
  return stdout
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, created = '']) => /^(?:RUN|COPY|ADD|WORKDIR)\b/.test(created))
    .map(([size]) => Number(size))
}
