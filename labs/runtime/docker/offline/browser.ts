import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { withLock } from './lock.ts'
import { BROWSER, folderOf } from './packages.ts'
import { withPrivateApt } from './private-apt.ts'
import type { OnProgress } from './progress.ts'
import { lookAtMachine, type Machine } from './requirements.ts'
import { openRuntimeFolder, runtimeFolder } from './runtime-folder.ts'
import { removeRuntimeFolder } from './teardown.ts'
import { forgetOthers, isUnpacked, unpack } from './unpack.ts'

interface BrowserOptions {
  /** An absolute path. */
  readonly folder: string
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal
}

/** The Chromium of the project's own in this folder, if it is there already. */
export const browserIn = (folder: string): string | undefined =>
  isUnpacked(BROWSER, folder) ? join(folderOf(BROWSER, folder), 'bin', 'chromium') : undefined

/** Debian's Chromium, with the fonts of both languages, unpacked here: nothing is installed. */
export async function ensureBrowser({
  folder,
  onProgress,
  signal,
}: BrowserOptions): Promise<string> {
  const found = browserIn(folder)
  if (found) return found
  const machine = await lookAtMachine(folder)
  const obstacle = whyNoBrowser(machine, folder)
  if (obstacle) throw obstacle
  await mkdir(folder, { recursive: true })
  const real = await realpath(folder)
  const work = async (): Promise<void> => {
    const place = await openRuntimeFolder(real)
    try {
      await withPrivateApt(place.home, machine.distribution, (apt) =>
        unpack(BROWSER, place.home, { apt, onProgress, signal }),
      )
      await forgetOthers(BROWSER, real)
    } finally {
      await removeRuntimeFolder(place)
    }
  }
  const onWait = (pid: number): void =>
    onProgress({
      step: say(
        `wait for process ${pid}, which is unpacking the browser`,
        `等待进程 ${pid}：它正在解包浏览器`,
      ),
    })
  await withLock(runtimeFolder(real).cgroup, work, { onWait, signal })
  return join(folderOf(BROWSER, folder), 'bin', 'chromium')
}

/** What hinders this machine from having one of the project's own. */
export function whyNoBrowser(machine: Machine, folder: string): EnvironmentError | undefined {
  const { platform, arch, hasApt, hasKeyring, freeMegabytes } = machine
  const needed = BROWSER.megabytes + BROWSER.downloadMegabytes
  if (platform === 'linux' && hasApt && hasKeyring && /^(x64|arm64)$/.test(arch))
    return freeMegabytes >= needed
      ? undefined
      : new EnvironmentError(
          say(
            `No Chromium was found, and ${folder} has ${Math.floor(freeMegabytes)} MB left, where one needs ${needed} MB.`,
            `没有找到 Chromium；${folder} 只剩 ${Math.floor(freeMegabytes)} MB，而准备一个需要 ${needed} MB。`,
          ),
          say(
            'free some space, or name an installed one: CHROMIUM_PATH=/path/to/chrome npm test',
            '清出空间，或者指定一个已安装的：CHROMIUM_PATH=/path/to/chrome npm test',
          ),
        )
  return new EnvironmentError(
    say(
      'No Chromium was found, and only Debian and its like, on amd64 and arm64, let the project bring its own.',
      '没有找到 Chromium；只有在 amd64 或 arm64 的 Debian 系系统上，项目才能自带一个。',
    ),
    say(
      'install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chrome npm test',
      '安装 Chromium 或 Chrome，或者指定一个：CHROMIUM_PATH=/path/to/chrome npm test',
    ),
  )
}
