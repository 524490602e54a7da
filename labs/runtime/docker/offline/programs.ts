import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PackageSet } from './packages.ts'

/** What each set of packages offers, next to its unpacked `root`. `bin` is meant for PATH. */
export async function arrange(set: PackageSet, folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'))
  await mkdir(join(folder, 'tools'))
  if (set.name === 'engine') await arrangeEngine(folder)
  if (set.name === 'tools') await symlink('../root/usr/bin/zstd', join(folder, 'tools', 'zstd'))
  if (set.name === 'perl') await script(join(folder, 'tools', 'perl'), PERL)
  if (set.name === 'browser') await arrangeBrowser(folder)
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

async function arrangeBrowser(folder: string): Promise<void> {
  await script(join(folder, 'bin', 'chromium'), CHROMIUM)
  await writeFile(join(folder, 'fonts.conf'), FONTS)
  for (const path of ['lib/chromium/libVkLayer_khronos_validation.so', 'share/icons'])
    await rm(join(folder, 'root/usr', path), { recursive: true, force: true })
}

/** With its own libraries and its own fonts: two machines draw the same page. */
const CHROMIUM = `#!/bin/sh
folder="$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)"
for lib in "$folder"/root/usr/lib/*-linux-gnu; do :; done
triple="$(basename "$lib")"
export LD_LIBRARY_PATH="$lib:$lib/nss:$lib/pulseaudio:$folder/root/lib/$triple"
export FONTCONFIG_FILE="$folder/fonts.conf" XDG_CACHE_HOME="$folder/cache"
# GLib would load the system's modules, whose own libraries are of another age.
export GIO_MODULE_DIR="$folder/no-modules"
exec "$folder/root/usr/lib/chromium/chromium" "$@"
`

/** What Debian's fontconfig would say of these two; a face that a page names itself comes first. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">root/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
${(['sans-serif', 'serif', 'monospace'] as const)
  .map((family) => {
    const latin = {
      'sans-serif': 'DejaVu Sans',
      serif: 'DejaVu Serif',
      monospace: 'DejaVu Sans Mono',
    }
    const chinese = family === 'serif' ? 'Noto Serif CJK SC' : 'Noto Sans CJK SC'
    const faces = [latin[family], chinese].map((face) => `<family>${face}</family>`).join('')
    return `  <alias><family>${family}</family><prefer>${faces}</prefer></alias>`
  })
  .join('\n')}
</fontconfig>
`

async function script(path: string, text: string): Promise<void> {
  await writeFile(path, text)
  await chmod(path, 0o755)
}
