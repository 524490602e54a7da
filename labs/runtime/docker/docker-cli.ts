import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { execa, ExecaError } from 'execa'
import { say } from '../../language.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { ExecResult } from '../runtime.ts'
import {
  composeEnvironment,
  derivedComposeFile,
  healthFile,
  ownComposeFiles,
  type Place,
} from './place.ts'

export interface RunOptions {
  readonly input?: string
  readonly signal?: AbortSignal
  /** Every line of standard error, as it comes: Compose tells its progress there. */
  readonly onLine?: (line: string) => void
}

/** Runs `docker …` and returns what happened; only a missing or silent engine throws. */
export async function docker(
  place: Place,
  args: readonly string[],
  { input, signal, onLine }: RunOptions = {},
): Promise<ExecResult> {
  try {
    const running = execa('docker', args, {
      env: composeEnvironment(place),
      cwd: place.lab.folder,
      input,
      reject: false,
      cancelSignal: signal,
      // An engine hanging for three minutes will not come back by itself.
      timeout: 180_000,
      // Ctrl-C is ours to handle: a half-done `compose down` would leave containers behind.
      detached: process.platform !== 'win32',
    })
    if (onLine) {
      const lines = createInterface({ input: running.stderr })
      lines.on('line', onLine)
    }
    const result = await running
    if (result.isCanceled) throw signal?.reason ?? new Error('cancelled')
    if (result.failed && result.exitCode === undefined) throw result
    const { stdout, stderr, exitCode = 1 } = result
    if (exitCode !== 0) throwIfNoEngine(stderr)
    return { exitCode, stdout, stderr }
  } catch (error) {
    if (error instanceof ExecaError && error.code === 'ENOENT') throw noDocker()
    throw error
  }
}

const noDocker = () =>
  new EnvironmentError(
    say('The docker command is not on this machine.', '这台机器上没有 docker 命令。'),
    'npm run lab doctor',
  )

function throwIfNoEngine(stderr: string): void {
  if (
    !/cannot connect to the docker daemon|error during connect|is the docker daemon running/i.test(
      stderr,
    )
  )
    return
  throw new EnvironmentError(
    say('The Docker engine does not answer.', 'Docker 引擎没有应答。'),
    say(
      'start Docker, then repeat the command; or: npm run lab doctor',
      '启动 Docker 后重试；或者：npm run lab doctor',
    ),
  )
}

/** `docker compose` on the lab's files: its own, and the reader's last good one. */
export function compose(
  place: Place,
  args: readonly string[],
  options?: RunOptions,
): Promise<ExecResult> {
  return docker(place, [...composeArguments(place), ...args], options)
}

export function composeArguments(place: Place, readersFolder = place.live): string[] {
  const { lab } = place
  const files = ownComposeFiles(place)
  for (const change of lab.changes) {
    const file = kindOf(change).composeFile?.(change)
    if (file) files.push(`${readersFolder}/${file}`)
  }
  files.push(...[derivedComposeFile(place.live), healthFile(place.live)].filter(existsSync))
  return [
    'compose',
    '--project-name',
    place.project,
    '--project-directory',
    lab.folder,
    ...files.flatMap((file) => ['--file', file]),
  ]
}

/** The minor version of the engine's API: 45 of 1.45. */
export async function serverApi(place: Place): Promise<number> {
  const { stdout } = await docker(place, ['version', '--format', '{{.Server.APIVersion}}'])
  return Number(stdout.trim().split('.')[1] ?? 0)
}

/** The filter that finds all that Compose has made for a project: containers, networks, volumes, images. */
export const ofProject = (project: string) => `label=com.docker.compose.project=${project}`

export const containerName = (place: Place, service: string) => `${place.project}-${service}-1`
