import { join } from 'node:path'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { BASE_IMAGE, PREFIX, type StandIn } from './catalog.ts'
import { run, stderrOf, type CommandOptions } from './command.ts'
import { KEY_LABEL } from './labels.ts'
import { STAND_INS_FOLDER } from './stand-in-key.ts'

const LISTS_IMAGE = BASE_IMAGE.replace('base', 'lists')

/** Folders that a build mounts. */
export interface BuildFolders {
  /** With apt.conf: proxies, as on the host. */
  readonly transport: string
  /** With node.tgz and npm.tgz. */
  readonly npm: string
}

/** Fetches Debian's package lists into an image that the builds mount; it goes when they are done. */
export async function withPackageLists<T>(
  { transport }: BuildFolders,
  docker: CommandOptions,
  work: () => Promise<T>,
): Promise<T> {
  await build('lists', LISTS_IMAGE, [`transport=${transport}`], ['--no-cache'], docker)
  try {
    return await work()
  } finally {
    await run('docker', ['image', 'rm', LISTS_IMAGE], { env: docker.env }).catch(() => '')
  }
}

export function buildStandIn(
  { folder, image, stages = {} }: Pick<StandIn, 'folder' | 'image' | 'stages'>,
  key: string,
  { transport, npm }: BuildFolders,
  docker: CommandOptions,
): Promise<void> {
  const lists = [`lists=docker-image://${LISTS_IMAGE}`, `transport=${transport}`]
  const others = Object.entries(stages).map(([stage, from]) => `${stage}=docker-image://${from}`)
  const contexts = folder === 'node' ? [`npm=${npm}`] : [...lists, ...others]
  return build(folder, PREFIX + image, contexts, ['--label', `${KEY_LABEL}=${key}`], docker)
}

/** The engine gives containers no way out, so a build takes the host's network. */
async function build(
  folder: string,
  tag: string,
  contexts: readonly string[],
  more: readonly string[],
  docker: CommandOptions,
): Promise<void> {
  const options = ['--quiet', '--network', 'host', '--load', '--tag', tag, ...more]
  const named = contexts.flatMap((context) => ['--build-context', context])
  const path = join(STAND_INS_FOLDER, folder)
  try {
    await run('docker', ['buildx', 'build', ...options, ...named, path], docker)
  } catch (error) {
    docker.signal?.throwIfAborted()
    throw buildFailed(tag, error)
  }
}

/** What went wrong is in the program's own words, many lines before Docker's. */
export function buildFailed(tag: string, error: unknown): unknown {
  if (error instanceof EnvironmentError) return error
  const said = stderrOf(error).trim().split('\n')
  const reason = said.findLast((line) => /\bE: |fatal: /.test(line)) ?? said.at(-1)
  if (!reason) return error
  return new EnvironmentError(
    say(
      `The stand-in ${tag} could not be built: ${reason.trim()}`,
      `替身镜像 ${tag} 构建失败：${reason.trim()}`,
    ),
    say(
      'Run the same command again; if it stays, choose another mirror in /etc/apt/sources.list.',
      '再执行一次同样的命令；如果仍然失败，在 /etc/apt/sources.list 里换一个镜像。',
    ),
  )
}
