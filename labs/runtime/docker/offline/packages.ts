import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Packages that are unpacked together, into a folder of their own. */
export interface PackageSet {
  readonly name: 'engine' | 'tools' | 'perl' | 'browser'
  /** As apt-get takes them: name/release. */
  readonly packages: readonly string[]
  /** With all that they depend on in their release, but for these. */
  readonly without?: readonly string[]
  /** Of the packages, to fetch, and of what is left when they are unpacked and pruned. Measured. */
  readonly downloadMegabytes: number
  readonly megabytes: number
}

/**
 * Trixie has the first Compose v2 in Debian. What else is needed comes from bookworm, whose builds
 * ask for an older C library (2.34: Debian 12, Ubuntu 22.04) and run on newer systems all the same.
 */
export const ENGINE_RELEASE = 'trixie'
export const TOOLS_RELEASE = 'bookworm'

const from = (release: string, ...names: string[]): string[] =>
  names.map((name) => `${name}/${release}`)

/** iptables and its libraries: Docker redirects port 53 inside each container with them. */
const iptables = from(
  TOOLS_RELEASE,
  ...['iptables', 'libip4tc2', 'libip6tc2', 'libmnl0', 'libnetfilter-conntrack3'],
  ...['libnfnetlink0', 'libnftnl11', 'libxtables12'],
)

export const ENGINE: PackageSet = {
  name: 'engine',
  packages: [
    ...from(ENGINE_RELEASE, 'containerd', 'docker.io', 'docker-cli', 'docker-compose'),
    ...from(ENGINE_RELEASE, 'docker-buildx'),
    // busybox makes and removes bridges: a small system has no `ip`.
    ...from(TOOLS_RELEASE, 'runc', 'libseccomp2', 'tini', 'busybox-static'),
    ...iptables,
  ],
  downloadMegabytes: 95,
  megabytes: 330,
}

/** What builds a first image out of packages. */
export const TOOLS: PackageSet = {
  name: 'tools',
  packages: [...from(ENGINE_RELEASE, 'mmdebstrap'), ...from(TOOLS_RELEASE, 'zstd')],
  downloadMegabytes: 1,
  megabytes: 3,
}

/** For mmdebstrap, where the system has no more of Perl than it cannot do without. */
export const PERL: PackageSet = {
  name: 'perl',
  packages: from(TOOLS_RELEASE, 'perl', 'perl-base', 'perl-modules-5.36', 'libperl5.36'),
  downloadMegabytes: 9,
  megabytes: 48,
}

/**
 * Chromium depends on two hundred packages, and more with every version: apt is asked which. What
 * belongs to a desktop, to a system that starts or to a graphics card is left out: 80 MB less to
 * fetch. The C library has to be the system's own.
 */
export const BROWSER: PackageSet = {
  name: 'browser',
  packages: from(TOOLS_RELEASE, 'chromium', 'fonts-noto-cjk', 'fonts-dejavu-core'),
  without: [
    ...['libc6', 'libc-bin', 'gcc-12-base', 'dpkg', 'tar', 'passwd', 'adduser', 'debconf', 'ucf'],
    ...['systemd', 'systemd-sysv', 'libsystemd-shared', 'libpam-modules', 'libpam-runtime'],
    ...['mount', 'procps', 'dbus', 'dbus-daemon', 'dbus-bin', 'dconf-service', 'usrmerge'],
    ...['libgtk-3-0', 'libgtk-3-common', 'adwaita-icon-theme', 'hicolor-icon-theme', 'xkb-data'],
    ...['gtk-update-icon-cache', 'shared-mime-info', 'xdg-utils', 'x11-utils', 'x11-common'],
    ...['libllvm15', 'libz3-4', 'libgl1-mesa-dri', 'fontconfig', 'libdb5.3'],
    ...['perl', 'perl-base', 'perl-modules-5.36', 'libperl5.36'],
  ],
  downloadMegabytes: 190,
  megabytes: 510,
}

/** Unpacked but never run here: 80 MB. */
export const PRUNED: readonly string[] = [
  'usr/bin/containerd-shim',
  'usr/bin/containerd-shim-runc-v1',
  'usr/bin/ctr',
  'usr/share/doc',
  'usr/share/locale',
  'usr/share/man',
]

/** Counts up when what is made of the packages changes: see programs.ts. */
const ARRANGEMENT = 4

/** A list that changes with a new version of the project unpacks anew, into another folder. */
export function folderOf(set: PackageSet, home: string): string {
  const left = set.without ? [set.without] : []
  const recipe = JSON.stringify([set.packages, PRUNED, process.arch, ARRANGEMENT, ...left])
  const key = createHash('sha256').update(recipe).digest('hex').slice(0, 10)
  return join(home, 'packages', `${set.name}-${key}`)
}
