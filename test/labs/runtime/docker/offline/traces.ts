import { readdir, readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { folderOf, ENGINE } from '../../../../../labs/runtime/docker/offline/packages.ts'
import { runtimeFolder } from '../../../../../labs/runtime/docker/offline/runtime-folder.ts'
import { processesOf } from '../../../../../labs/runtime/docker/offline/teardown.ts'

export type Traces = Readonly<Record<string, unknown>>

/** All that an engine could leave in the kernel, the process table and the system's folders. */
export async function tracesOf(folder: string): Promise<Traces> {
  const place = runtimeFolder(folder)
  const tool = async (file: string, ...args: string[]): Promise<string> =>
    (await execa(file, args, { reject: false })).stdout
  const engine = folderOf(ENGINE, folder)
  const mounts = await readFile('/proc/mounts', 'utf8')
  return {
    links: (await readFile('/proc/net/dev', 'utf8')).match(/^ *\S+(?=:)/gm),
    routes: await readFile('/proc/net/route', 'utf8'),
    policy: await tool(`${engine}/tools/busybox`, 'ip', 'rule'),
    rules: await tool(`${engine}/sbin/iptables-save`),
    rules6: await tool(`${engine}/sbin/ip6tables-save`),
    forwarding: await readFile('/proc/sys/net/ipv4/ip_forward', 'utf8'),
    mounts: mounts
      .split('\n')
      .filter((line) => line.includes(place.cgroup) || line.includes('overlay2')),
    controlGroups: await tool('find', '/sys/fs/cgroup', '-name', place.cgroup),
    processes: await processesOf(place),
    // Another engine of the project may be running, and come and go.
    runtimeFolders: (await readdir('/run')).filter(
      (name) => !name.startsWith('four-tiers-') || name.startsWith(place.cgroup),
    ),
    sockets: (await readFile('/proc/net/unix', 'utf8'))
      .split('\n')
      .filter((line) => line.includes(place.path)),
  }
}
