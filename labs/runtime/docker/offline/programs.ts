import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PackageSet } from './packages.ts'

/** What each set of packages offers, next to its unpacked `root`. `bin` is meant for PATH. */
export async function arrange(set: PackageSet, folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'))
  await mkdir(join(folder, 'tools'))
  if (set.name === 'engine') await arrangeEngine(folder)
  if (set.name === 'tools') await symlink('../root/usr/bin/zstd', join(folder, 'tools', 'zstd'))
  if (set.name === 'perl') await script(join(folder, 'tools', 'perl'), PERL)
}

/** In `tools`, off the PATH: what the system may have under the same name. */
export const toolIn = (folder: string, name: string): string => join(folder, 'tools', name)

async function arrangeEngine(folder: string): Promise<void> {
  const programs = [
    ...['usr/sbin/dockerd', 'usr/sbin/docker-proxy', 'usr/sbin/runc', 'usr/bin/docker'],
    ...['usr/bin/containerd', 'usr/bin/containerd-shim-runc-v2'],
  ]
  for (const path of programs) await symlink(`../root/${path}`, join(folder, 'bin', basename(path)))
  await symlink('../root/usr/bin/tini-static', join(folder, 'bin', 'docker-init'))
  await symlink('../root/bin/busybox', join(folder, 'tools', 'busybox'))
  // Only dockerd is to find these: they go to a folder that is on its PATH alone.
  await mkdir(join(folder, 'sbin'))
  for (const name of ['iptables', 'iptables-save', 'ip6tables', 'ip6tables-save'])
    await script(join(folder, 'sbin', name), XTABLES)
}

/**
 * The libraries that came along are for this program only, not for what dockerd starts; their path
 * is relative since a colon in it would end it. start-daemon.sh sets XTABLES to what the kernel has.
 */
const XTABLES = `#!/bin/sh
name="$(basename "$0")"
cd "$(dirname "$0")/../root"
for lib in usr/lib/*-linux-gnu; do :; done
LD_LIBRARY_PATH="$lib" XTABLES_LIBDIR="$lib/xtables" \\
  exec "usr/sbin/xtables-\${XTABLES:-nft}-multi" "$name" "$@"
`

/** Debian's perl looks in folders of the system: these come first. */
const PERL = `#!/bin/sh
root="$(dirname "$0")/../root"
libraries="$root/usr/share/perl/5.36"
for lib in "$root"/usr/lib/*-linux-gnu; do
  libraries="$lib/perl/5.36:$lib/perl-base:$libraries"
done
PERL5LIB="$libraries" exec "$root/usr/bin/perl" "$@"
`

async function script(path: string, text: string): Promise<void> {
  await writeFile(path, text)
  await chmod(path, 0o755)
}
