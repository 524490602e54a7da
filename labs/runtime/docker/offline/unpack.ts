import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { diskFull, run } from './command.ts'
import { DOWNLOAD_MEGABYTES, PACKAGES, PACKAGES_KEY, PRUNED } from './packages.ts'
import { forgetLists, type PrivateApt } from './private-apt.ts'
import type { OnProgress } from './progress.ts'

export const unpackedFolder = (home: string): string => join(home, 'packages', PACKAGES_KEY)
export const isUnpacked = (home: string): boolean => existsSync(unpackedFolder(home))

/**
 * Fetches the packages and unpacks them beside each other, then renames the whole into place: a
 * folder under its final name is complete. Whatever an interrupted run left is thrown away first.
 * Call it under the engine's lock.
 */
export async function unpackEngine(
  home: string,
  apt: PrivateApt,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<string> {
  const folder = unpackedFolder(home)
  const draft = `${folder}.draft`
  await rm(draft, { recursive: true, force: true })
  if (existsSync(folder)) return folder
  try {
    await mkdir(join(draft, 'debs'), { recursive: true })
    onProgress({ step: 'engine: read Debian’s package lists', seconds: 3 })
    await apt.update(signal)
    await watchingSize(join(draft, 'debs'), onProgress, () =>
      apt.download(PACKAGES, join(draft, 'debs'), signal),
    )
    onProgress({ step: 'engine: unpack', seconds: 4 })
    await unpackAll(draft, signal)
    await arrange(draft)
    await rename(draft, folder)
    return folder
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw diskFull(error) ?? error
  } finally {
    await forgetLists(home)
  }
}

async function unpackAll(draft: string, signal?: AbortSignal): Promise<void> {
  const debs = await readdir(join(draft, 'debs'))
  await mkdir(join(draft, 'root'))
  const one = async (): Promise<void> => {
    for (let deb = debs.pop(); deb; deb = debs.pop())
      await run('dpkg-deb', ['-x', join(draft, 'debs', deb), join(draft, 'root')], { signal })
  }
  await Promise.all([one(), one()])
  const surplus = ['debs', ...PRUNED.map((path) => join('root', path))]
  await Promise.all(surplus.map((path) => rm(join(draft, path), { recursive: true, force: true })))
}

/** One folder for PATH, and one for Docker's configuration. */
async function arrange(draft: string): Promise<void> {
  const bin = join(draft, 'bin')
  await mkdir(bin)
  const programs = [
    ...['dockerd', 'docker-proxy', 'runc'].map((name) => `usr/sbin/${name}`),
    ...['docker', 'containerd', 'containerd-shim-runc-v2'].map((name) => `usr/bin/${name}`),
  ]
  for (const path of programs) await symlink(`../root/${path}`, join(bin, basename(path)))
  await symlink('../root/usr/bin/tini-static', join(bin, 'docker-init'))
  for (const name of ['iptables', 'ip6tables', 'iptables-save', 'ip6tables-save'])
    await writeScript(join(bin, name), withLibraries(`usr/sbin/xtables-nft-multi ${name}`))
  // zstd and busybox answer to names that the system may have too: they are called by full path.
  await mkdir(join(draft, 'tools'))
  await symlink('../root/bin/busybox', join(draft, 'tools', 'busybox'))
  await writeScript(join(draft, 'tools', 'zstd'), withLibraries('usr/bin/zstd'))
}

/** The libraries that came along are for these programs only, not for what dockerd starts. */
const withLibraries = (program: string): string => `#!/bin/sh
root="$(dirname "$(readlink -f "$0")")/../root"
set -- "$root"/${program} "$@"
for lib in "$root"/usr/lib/*-linux-gnu; do :; done
LD_LIBRARY_PATH="$lib" XTABLES_LIBDIR="$lib/xtables" exec "$@"
`

async function writeScript(path: string, text: string): Promise<void> {
  await writeFile(path, text)
  await chmod(path, 0o755)
}

const MEGABYTE = 1_000_000

/** apt-get download says nothing to a pipe, so the files themselves tell how far it is. */
async function watchingSize(
  folder: string,
  onProgress: OnProgress,
  work: () => Promise<void>,
): Promise<void> {
  const report = (done: number): void =>
    onProgress({ step: 'engine: download, MB', done, total: DOWNLOAD_MEGABYTES })
  report(0)
  const timer = setInterval(async () => report(await megabytesIn(folder)), 500)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
}

async function megabytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => found.size,
        () => 0,
      ),
    ),
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / MEGABYTE)
}
