import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildFailed } from './build.ts'
import { BASE_IMAGE } from './catalog.ts'
import { run, type CommandOptions } from './command.ts'
import { ENGINE_RELEASE } from './packages.ts'
import type { PrivateApt } from './private-apt.ts'
import { KEY_LABEL } from './labels.ts'

const EXCLUDED = ['doc', 'groff', 'info', 'linda', 'lintian', 'locale', 'man']

/**
 * Run in the new system's folder, at the end. What mmdebstrap could exclude by itself (`--dpkgopt`)
 * needs Python, and nothing else here does.
 */
const FINISH = `cd "$1"
for name in ${EXCLUDED.join(' ')}; do
  rm -rf usr/share/$name
  mkdir -p usr/share/$name
  echo "path-exclude=/usr/share/$name/*" >>etc/dpkg/dpkg.cfg.d/slim
done
# Maintainer scripts start no service in a container.
printf '#!/bin/sh\\nexit 101\\n' >usr/sbin/policy-rc.d
chmod 755 usr/sbin/policy-rc.d
# How this machine reaches a mirror is no business of the image.
rm -f etc/apt/apt.conf.d/99mmdebstrap`

export const BASE_KEY = createHash('sha256')
  .update(process.arch + ENGINE_RELEASE + FINISH)
  .digest('hex')
  .slice(0, 12)

/** Its layer and its archive. Measured. */
export const BASE_MEGABYTES = 105

export interface BaseTools {
  readonly apt: PrivateApt
  readonly perl: string
  readonly mmdebstrap: string
  readonly home: string
}

/** A smallest Debian, like the official slim image: no manuals, no translations. */
export async function makeBase(tools: BaseTools, docker: CommandOptions): Promise<void> {
  const { apt, perl, mmdebstrap, home } = tools
  const folder = join(home, 'base.draft')
  const tar = join(folder, 'base.tar')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const options = ['--variant=minbase', '--mode=root', '--format=tar', '--quiet']
  const transport = apt.transport.trim()
  const how = [...(transport ? [`--aptopt=${transport}`] : []), `--customize-hook=${FINISH}`]
  const what = [ENGINE_RELEASE, tar, apt.source(ENGINE_RELEASE)]
  // In a mount namespace: an interrupted run leaves none of the mounts that mmdebstrap makes.
  const apart = ['--mount', '--propagation', 'slave', perl, mmdebstrap]
  // The new system is laid out beside its archive, on the disk that has been looked at.
  const env = { ...apt.env, TMPDIR: folder }
  const changes = ['CMD ["bash"]', `LABEL ${KEY_LABEL}=${BASE_KEY}`]
  try {
    await run('unshare', [...apart, ...options, ...how, ...what], { signal: docker.signal, env })
    const flags = changes.flatMap((change) => ['--change', change])
    await run('docker', ['import', ...flags, tar, BASE_IMAGE], docker)
  } catch (error) {
    docker.signal?.throwIfAborted()
    throw buildFailed(BASE_IMAGE, error)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
