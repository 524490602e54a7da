import { existsSync } from 'node:fs'
import { mkdir, readFile, statfs } from 'node:fs/promises'
import { EnvironmentError } from '../../environment-error.ts'
import { KEYRING } from './private-apt.ts'

/** What this machine must be; arguments, so that each refusal can be tested on any machine. */
export interface Machine {
  readonly platform: string
  readonly uid: number
  readonly arch: string
  readonly distribution: string
  readonly hasApt: boolean
  readonly hasKeyring: boolean
  readonly freeMegabytes: number
}

export const NEEDED_MEGABYTES = 1500
const OWN_ENGINE = 'Or install Docker Engine: https://docs.docker.com/engine/install/'

/** `null` when everything is there. */
export function whatIsMissing(machine: Machine, folder: string): EnvironmentError | null {
  const { platform, uid, arch, distribution, hasApt, hasKeyring, freeMegabytes } = machine
  if (platform !== 'linux')
    return new EnvironmentError(
      `An engine of the project’s own runs on Linux only, and this is ${platform}.`,
      'Install Docker Desktop: https://docs.docker.com/get-docker/',
    )
  if (!hasApt)
    return new EnvironmentError(
      `An engine of the project’s own is made of Debian packages, and ${distribution || 'this system'} has no apt-get and dpkg-deb.`,
      OWN_ENGINE,
    )
  if (arch !== 'x64' && arch !== 'arm64')
    return new EnvironmentError(
      `The project’s own engine is for amd64 and arm64, and this machine is ${arch}.`,
      OWN_ENGINE,
    )
  if (!hasKeyring)
    return new EnvironmentError(
      `Debian’s keys are not on this machine (${KEYRING}), so its packages cannot be verified.`,
      `apt-get install debian-archive-keyring. ${OWN_ENGINE}`,
    )
  if (uid !== 0)
    return new EnvironmentError(
      `The project’s own engine needs root, and you are uid ${uid}.`,
      `Run the same command as root, with sudo. ${OWN_ENGINE}`,
    )
  if (freeMegabytes < NEEDED_MEGABYTES)
    return new EnvironmentError(
      `The disk is nearly full: ${folder} has ${Math.floor(freeMegabytes)} MB left, and the engine and its images need ${NEEDED_MEGABYTES} MB.`,
      'Free some space on that disk, then run the same command again.',
    )
  return null
}

export async function lookAtMachine(folder: string): Promise<Machine> {
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? -1,
    arch: process.arch,
    distribution: await distributionName(),
    hasApt: existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb'),
    hasKeyring: existsSync(KEYRING),
    freeMegabytes: await freeMegabytes(folder),
  }
}

export async function distributionName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID="?([^"\n]*)"?$/m.exec(text)?.[1] ?? ''
}

async function freeMegabytes(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  return (bavail * bsize) / 1_000_000
}
