import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'

/**
 * A short door to a long folder. A Unix socket's path ends at 107 bytes (unix(7)), PATH and
 * overlayfs split at colons, apt's configuration at quotes; a project may live under any name.
 * So whatever a program must read a path of goes through `/run/four-tiers-<hash>/`.
 */
export interface RuntimeFolder {
  readonly path: string
  /** A link to the cache folder. */
  readonly home: string
  readonly socket: string
  readonly execRoot: string
  readonly pidFile: string
  /** Where the cache folder's `data` is bound, inside the daemon's own mount namespace. */
  readonly dataRoot: string
  /** The parent of all its containers' control groups. */
  readonly cgroup: string
  /** The default network's bridge; a link's name ends at 15 letters. */
  readonly bridge: string
}

export function runtimeFolder(folder: string, purpose = '', parent = '/run'): RuntimeFolder {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 10)
  const name = `four-tiers-${hash}${purpose && `-${purpose}`}`
  const path = join(parent, name)
  return {
    path,
    home: join(path, 'home'),
    socket: join(path, 'docker.sock'),
    execRoot: join(path, 'exec'),
    pidFile: join(path, 'docker.pid'),
    dataRoot: join(path, 'data'),
    cgroup: name,
    bridge: `ft-${hash}`,
  }
}

/** Makes it, for this user's eyes only; `/run` where it can be written, else the temp folder. */
export async function openRuntimeFolder(folder: string, purpose = ''): Promise<RuntimeFolder> {
  for (const parent of ['/run', tmpdir()]) {
    const place = runtimeFolder(folder, purpose, parent)
    try {
      await mkdir(place.path, { mode: 0o700 })
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'EEXIST') continue
    }
    await claim(place.path)
    await mkdir(place.dataRoot, { recursive: true })
    await linkTo(folder, place.home)
    return place
  }
  throw new EnvironmentError(
    say('Neither /run nor the temp folder can be written.', '/run 和临时目录都不可写。'),
    say('Run the same command as root.', '请以 root 身份执行同样的命令。'),
  )
}

/** In a folder that all may write to, someone else may have made it first. */
async function claim(path: string): Promise<void> {
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new EnvironmentError(
      say(`${path} belongs to somebody else.`, `${path} 属于别的用户。`),
      `ls -ld ${path}`,
    )
  await chmod(path, 0o700)
}

/** Left alone when it is right already: somebody may be reading it. */
export async function linkTo(target: string, path: string): Promise<void> {
  if ((await readlink(path).catch(() => undefined)) === target) return
  await rm(path, { force: true })
  await symlink(target, path)
}
