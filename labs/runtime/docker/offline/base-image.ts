import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './command.ts'
import { ENGINE_RELEASE } from './packages.ts'
import type { PrivateApt } from './private-apt.ts'

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

/** A smallest Debian as a tar, like the official slim image: no manuals, no translations. */
export async function makeBase(
  tar: string,
  {
    unpacked,
    apt,
    signal,
  }: { unpacked: string; apt: PrivateApt; signal?: AbortSignal | undefined },
): Promise<void> {
  const draft = `${tar}.draft`
  const options = ['--variant=minbase', '--mode=root', '--format=tar', '--quiet']
  const how = [`--aptopt=${apt.acquire.trim()}`, `--customize-hook=${FINISH}`]
  const what = [ENGINE_RELEASE, draft, apt.source(ENGINE_RELEASE)]
  const program = join(unpacked, 'root/usr/bin/mmdebstrap')
  try {
    await run('perl', [program, ...options, ...how, ...what], { signal, env: apt.env })
    await rename(draft, tar)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
