import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBase } from './base-image.ts'
import { buildStandIn, withPackageLists } from './build.ts'
import { BASE_IMAGE, PREFIX, standInsOf, type StandIn } from './catalog.ts'
import { run } from './command.ts'
import { privateApt } from './private-apt.ts'
import { fetchNode } from './node-package.ts'
import type { OnProgress } from './progress.ts'
import { distributionName } from './requirements.ts'
import { openRuntimeFolder } from './runtime-folder.ts'
import { unpackedFolder } from './unpack.ts'

export interface StandInWish {
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  readonly images: readonly string[]
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
}

export async function ensureStandIns(wish: StandInWish): Promise<void> {
  const { env, onProgress, signal } = wish
  const wanted = standInsOf(wish.images)
  const missing: StandIn[] = []
  for (const standIn of wanted) if (!(await has(env, PREFIX + standIn.image))) missing.push(standIn)
  if (missing.length === 0) return
  const place = await openRuntimeFolder(wish.folder)
  const home = place.home
  const apt = await privateApt(home, await distributionName())
  const transport = join(home, 'transport')
  const npm = join(home, 'npm')
  await mkdir(transport, { recursive: true })
  await mkdir(npm, { recursive: true })
  await mkdir(join(home, 'images'), { recursive: true })
  await writeFile(join(transport, 'apt.conf'), apt.acquire)
  await Promise.all([
    has(env, BASE_IMAGE).then(async (there) => {
      if (there) return
      const tar = join(home, 'images', 'base.tar')
      onProgress({ step: 'images: build a smallest Debian', seconds: 14 })
      if (!existsSync(tar)) await makeBase(tar, { unpacked: unpackedFolder(home), apt, signal })
      await run('docker', ['import', '--change', 'CMD ["bash"]', tar, BASE_IMAGE], { env, signal })
    }),
    missing.some(({ folder }) => folder === 'node') ? fetchNode(npm, signal) : undefined,
  ])
  const queue = [...missing]
  const context = { env, transport, npm, signal }
  const one = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      onProgress({ step: `images: build ${next.image}`, seconds: next.seconds })
      await buildStandIn(next, context)
    }
  }
  await withPackageLists(context, () => Promise.all([one(), one()]))
}

async function has(env: Readonly<Record<string, string>>, image: string): Promise<boolean> {
  const found = await run('docker', ['images', '--quiet', image], { env })
  return found !== ''
}
