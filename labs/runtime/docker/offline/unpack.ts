import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { say } from '../../../language.ts'
import { diskFull, run } from './command.ts'
import { folderOf, PRUNED, type PackageSet } from './packages.ts'
import type { PrivateApt } from './private-apt.ts'
import { arrange } from './programs.ts'
import type { OnProgress } from './progress.ts'
import { twoAtATime } from './two-at-a-time.ts'

export interface UnpackOptions {
  readonly apt: PrivateApt
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
}

export const isUnpacked = (set: PackageSet, home: string): boolean =>
  existsSync(folderOf(set, home))

/**
 * Fetches the packages and unpacks them beside each other, then renames the whole into place: a
 * folder under its final name is complete. Whatever an interrupted run left is thrown away first.
 * Call it under a lock.
 */
export async function unpack(
  set: PackageSet,
  home: string,
  { apt, onProgress, signal }: UnpackOptions,
): Promise<string> {
  const folder = folderOf(set, home)
  const draft = `${folder}.draft`
  await rm(draft, { recursive: true, force: true })
  if (existsSync(folder)) return folder
  const debs = join(draft, 'debs')
  try {
    await mkdir(debs, { recursive: true })
    onProgress({ step: say('read Debian’s package lists', '读取 Debian 软件包列表'), seconds: 3 })
    await apt.update(signal)
    const packages = await allOf(set, apt, signal)
    await watchingSize(set, debs, onProgress, () => apt.download(packages, debs, signal))
    onProgress({ step: say(`unpack the ${set.name}`, `解包 ${set.name}`), seconds: 4 })
    await unpackAll(draft, signal)
    await arrange(set, draft)
    await rename(draft, folder)
    return folder
  } catch (error) {
    // A program that was ended may have a child that still writes for a moment.
    await rm(draft, { recursive: true, force: true, maxRetries: 10 })
    throw diskFull(error) ?? error
  }
}

async function allOf({ packages, without }: PackageSet, apt: PrivateApt, signal?: AbortSignal) {
  if (!without) return packages
  const all = await apt.withDependencies(packages, signal)
  return all.filter((one) => !without.includes(one.split('/')[0]!))
}

async function unpackAll(draft: string, signal?: AbortSignal): Promise<void> {
  const debs = await readdir(join(draft, 'debs'))
  await mkdir(join(draft, 'root'))
  await twoAtATime(debs, async (deb) => {
    await run('dpkg-deb', ['-x', join(draft, 'debs', deb), join(draft, 'root')], { signal })
  })
  const surplus = ['debs', ...PRUNED.map((path) => join('root', path))]
  await Promise.all(surplus.map((path) => rm(join(draft, path), { recursive: true, force: true })))
}

/** What an older version of the project unpacked. Call it while no engine runs. */
export async function forgetOthers(set: PackageSet, home: string): Promise<void> {
  const kept = basename(folderOf(set, home))
  const folder = dirname(folderOf(set, home))
  for (const name of await readdir(folder))
    if (name !== kept && name.startsWith(`${set.name}-`))
      await rm(join(folder, name), { recursive: true, force: true })
}

/** apt-get download says nothing to a pipe, so the files themselves tell how far it is. */
async function watchingSize(
  set: PackageSet,
  folder: string,
  onProgress: OnProgress,
  work: () => Promise<void>,
): Promise<void> {
  const step = say(`fetch the ${set.name}, MB`, `下载 ${set.name}，MB`)
  const report = (done: number): void => onProgress({ step, done, total: set.downloadMegabytes })
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
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (file) => file.size,
      () => 0,
    ),
  )
  return Math.round((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_000_000)
}
