import { existsSync } from 'node:fs'
import { mkdir, readFile, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { KEYRING } from './private-apt.ts'

/** What a machine is; arguments, so that each refusal can be tested on any machine. */
export interface Machine {
  readonly platform: string
  readonly uid: number
  readonly arch: string
  /** `ID` of /etc/os-release. */
  readonly distribution: string
  readonly hasApt: boolean
  readonly hasKeyring: boolean
  readonly freeMegabytes: number
}

/** Engine, base and the images of a lab: measured 1.3 GB. */
export const NEEDED_MEGABYTES = 1500

export interface Need {
  /** Whether packages have to be fetched; without, only Linux and root are needed. */
  readonly unpack: boolean
  readonly megabytes?: number
}

/** Throws what this machine lacks, in the order in which a reader can do something about it. */
export async function checkMachine(folder: string, need: Need): Promise<Machine> {
  const machine = await lookAtMachine(folder)
  const problem = need.unpack
    ? whatIsMissing(machine, folder, need.megabytes)
    : whatIsNeededAlways(machine)
  if (problem) throw problem
  return machine
}

export function whatIsMissing(
  machine: Machine,
  folder: string,
  needed = NEEDED_MEGABYTES,
): EnvironmentError | null {
  const { platform, arch, distribution, hasApt, hasKeyring, freeMegabytes } = machine
  if (platform === 'linux' && !hasApt) {
    const system = distribution || say('this system', '这个系统')
    return refusal(
      `The project’s own engine is made of Debian packages, and ${system} has no apt-get and dpkg-deb.`,
      `项目自带的引擎由 Debian 软件包组成，而 ${system} 没有 apt-get 和 dpkg-deb。`,
    )
  }
  if (platform === 'linux' && arch !== 'x64' && arch !== 'arm64')
    return refusal(
      `The project’s own engine is for amd64 and arm64, and this machine is ${arch}.`,
      `项目自带的引擎只支持 amd64 和 arm64，而这台机器是 ${arch}。`,
    )
  if (platform === 'linux' && !hasKeyring)
    return refusal(
      `Debian’s keys are not on this machine (${KEYRING}), so its packages cannot be verified.`,
      `这台机器上没有 Debian 的密钥（${KEYRING}），无法验证软件包。`,
      'apt-get install debian-archive-keyring',
    )
  const always = whatIsNeededAlways(machine)
  if (always || freeMegabytes >= needed) return always
  const left = Math.floor(freeMegabytes)
  return new EnvironmentError(
    say(
      `The disk is nearly full: ${folder} has ${left} MB left, and the engine and its images need ${needed} MB.`,
      `磁盘快满了：${folder} 只剩 ${left} MB，而引擎和镜像需要 ${needed} MB。`,
    ),
    say(
      'Free some space on that disk, then run the same command again.',
      '在那块磁盘上腾出空间，然后再执行一次同样的命令。',
    ),
  )
}

function whatIsNeededAlways({ platform, uid }: Machine): EnvironmentError | null {
  if (platform !== 'linux')
    return refusal(
      `An engine of the project’s own runs on Linux only, and this is ${platform}.`,
      `项目自带的引擎只能在 Linux 上运行，而这里是 ${platform}。`,
    )
  if (uid !== 0)
    return refusal(
      `The project’s own engine needs root, and you are uid ${uid}.`,
      `项目自带的引擎需要 root 权限，而您的 uid 是 ${uid}。`,
      'sudo -E env PATH="$PATH" npm run lab …',
    )
  return null
}

const INSTALL = 'https://docs.docker.com/get-docker/'

function refusal(en: string, zh: string, command = ''): EnvironmentError {
  const install = say(`install Docker: ${INSTALL}`, `安装 Docker：${INSTALL}`)
  return new EnvironmentError(
    say(en, zh),
    command ? `${command} ${say('or', '或')} ${install}` : install,
  )
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

async function distributionName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID="?([^"\n]*)"?$/m.exec(text)?.[1] ?? ''
}

/** Of the disk that the folder is on, or will be. */
async function freeMegabytes(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true }).catch(() => {})
  let path = folder
  while (!existsSync(path) && path !== dirname(path)) path = dirname(path)
  const { bavail, bsize } = await statfs(path)
  return (bavail * bsize) / 1_000_000
}
