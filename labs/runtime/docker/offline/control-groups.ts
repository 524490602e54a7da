import { readdir, readFile, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuntimeFolder } from './runtime-folder.ts'

const ROOT = '/sys/fs/cgroup'

/** An engine's control groups, deepest first, in every hierarchy: version 1 has several. */
async function controlGroups({ cgroup }: RuntimeFolder): Promise<readonly string[]> {
  const hierarchies = await foldersIn(ROOT)
  const groups: string[] = []
  for (const top of [ROOT, ...hierarchies]) {
    const own = join(top, cgroup)
    const below = await readdir(own, { recursive: true, withFileTypes: true }).catch(() => null)
    if (!below) continue
    const folders = below.filter((entry) => entry.isDirectory())
    groups.push(own, ...folders.map((entry) => join(entry.parentPath, entry.name)))
  }
  return groups.sort((a, b) => b.split('/').length - a.split('/').length)
}

/** Who runs in its containers: they outlive a daemon that was killed. */
export async function processesInContainers(place: RuntimeFolder): Promise<readonly number[]> {
  const pids = new Set<number>()
  for (const group of await controlGroups(place)) {
    const text = await readFile(join(group, 'cgroup.procs'), 'utf8').catch(() => '')
    for (const pid of text.split('\n').map(Number)) if (pid > 0) pids.add(pid)
  }
  return [...pids]
}

/** An empty one goes; one that still holds a process stays, as the kernel says. */
export async function removeControlGroups(place: RuntimeFolder): Promise<void> {
  for (const group of await controlGroups(place)) await rmdir(group).catch(() => {})
}

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(path, entry.name))
}
