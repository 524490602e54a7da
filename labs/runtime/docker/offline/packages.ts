import { createHash } from 'node:crypto'

/**
 * What the engine is made of. Trixie has the first Compose v2 in Debian; runc, iptables and the
 * small tools come from bookworm, whose builds ask for an older C library (2.34, Debian 12 and
 * Ubuntu 22.04) and run on newer systems all the same.
 */
export const ENGINE_RELEASE = 'trixie'
export const TOOLS_RELEASE = 'bookworm'

const fromEngineRelease = [
  'containerd',
  'docker.io',
  'docker-cli',
  'docker-compose',
  'docker-buildx',
  'mmdebstrap',
]

/**
 * iptables and its libraries: Docker redirects port 53 of 127.0.0.11 with them, inside each
 * container's own network namespace. busybox removes bridges where the system has no `ip`.
 */
const fromToolsRelease = [
  'busybox-static',
  'iptables',
  'libip4tc2',
  'libip6tc2',
  'libmnl0',
  'libnetfilter-conntrack3',
  'libnfnetlink0',
  'libnftnl11',
  'libseccomp2',
  'libxtables12',
  'runc',
  'tini',
  'zstd',
]

export const PACKAGES: readonly string[] = [
  ...fromEngineRelease.map((name) => `${name}/${ENGINE_RELEASE}`),
  ...fromToolsRelease.map((name) => `${name}/${TOOLS_RELEASE}`),
]

/** Of the debs, measured; what unpacks from them, and what is left after pruning. */
export const DOWNLOAD_MEGABYTES = 96
export const UNPACKED_MEGABYTES = 300

/** Unpacked but never run here: 80 MB. */
export const PRUNED: readonly string[] = [
  'usr/bin/containerd-shim',
  'usr/bin/containerd-shim-runc-v1',
  'usr/bin/ctr',
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
]

/** A list that changes with a new version of the project unpacks anew, next to the old one. */
export const PACKAGES_KEY = createHash('sha256')
  .update(JSON.stringify([PACKAGES, PRUNED, 1]))
  .digest('hex')
  .slice(0, 12)
