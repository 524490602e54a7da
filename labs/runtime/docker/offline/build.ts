import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EnvironmentError } from '../../environment-error.ts'
import { BASE_IMAGE, PREFIX, type StandIn } from './catalog.ts'
import { diskFull, run, stderrOf } from './command.ts'

export const STAND_INS_FOLDER = fileURLToPath(new URL('stand-ins', import.meta.url))
const LISTS_IMAGE = BASE_IMAGE.replace('base', 'lists')

export interface BuildContext {
  readonly env: Readonly<Record<string, string>>
  /** A folder with apt.conf: proxies, as on the host. */
  readonly transport: string
  /** A folder with node.tgz and npm.tgz. */
  readonly npm: string
  readonly signal?: AbortSignal | undefined
}

/** Fetches Debian's package lists into an image that the builds mount; it goes when they are done. */
export async function withPackageLists<T>(context: BuildContext, work: () => Promise<T>): Promise<T> {
  await build('lists', LISTS_IMAGE, context, ['--no-cache'])
  try {
    return await work()
  } finally {
    const { env } = context
    await run('docker', ['image', 'rm', LISTS_IMAGE], { env }).catch(() => '')
  }
}

export const buildStandIn = ({ folder, image }: StandIn, context: BuildContext): Promise<void> =>
  folder === 'node'
    ? build(folder, PREFIX + image, context, ['--build-context', `npm=${context.npm}`])
    : build(folder, PREFIX + image, context, [
        '--build-context',
        `lists=docker-image://${LISTS_IMAGE}`,
      ])

/** The engine gives containers no way out, so a build takes the host's network. */
async function build(
  folder: string,
  tag: string,
  { env, transport, signal }: BuildContext,
  more: readonly string[],
): Promise<void> {
  const options = ['--network', 'host', '--build-context', `transport=${transport}`, '--quiet']
  const path = join(STAND_INS_FOLDER, folder)
  try {
    await run('docker', ['buildx', 'build', ...options, ...more, '--tag', tag, path], { env, signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw diskFull(error) ?? buildFailed(tag, error)
  }
}

function buildFailed(tag: string, error: unknown): unknown {
  const said = stderrOf(error).trim().split('\n')
  const reason = said.findLast((line) => /\bE: |ERROR/.test(line))
  if (!reason) return error
  return new EnvironmentError(
    `The stand-in ${tag} could not be built: ${reason.trim()}`,
    'Run the same command again; if it stays, look at the mirror in /etc/apt/sources.list.',
  )
}
