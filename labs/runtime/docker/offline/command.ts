import { execa, ExecaError, type Options } from 'execa'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal | undefined
  /** A file that standard output goes to. */
  readonly into?: string
}

/** Runs a program to its end and returns what it printed. Disk full becomes a plain sentence. */
export async function run(
  file: string,
  args: readonly string[],
  { cwd, env, signal, into }: CommandOptions = {},
): Promise<string> {
  signal?.throwIfAborted()
  const options: Options = {
    stdin: 'ignore',
    env: { LC_ALL: 'C.UTF-8', ...env },
    ...(cwd && { cwd }),
    ...(signal && { cancelSignal: signal }),
    ...(into && { stdout: { file: into } }),
  }
  try {
    const { stdout } = await execa(file, args, options)
    return typeof stdout === 'string' ? stdout : ''
  } catch (error) {
    signal?.throwIfAborted()
    throw diskFull(error) ?? error
  }
}

/** ENOSPC, wherever in a chain of programs it was first met. */
export function diskFull(error: unknown): EnvironmentError | undefined {
  const said = [error instanceof Error ? error.message : String(error), stderrOf(error)].join('\n')
  if (!/ENOSPC|No space left on device|Disk quota exceeded|EDQUOT/i.test(said)) return undefined
  return new EnvironmentError(
    say(
      'The disk is full: the project’s own engine and its images did not fit.',
      '磁盘已满：放不下项目自带的引擎和镜像。',
    ),
    say(
      'Free 2 GB on the disk that holds the project, then run the same command again.',
      '在项目所在的磁盘上腾出 2 GB，然后再执行一次同样的命令。',
    ),
  )
}

export function stderrOf(error: unknown): string {
  return error instanceof ExecaError && typeof error.stderr === 'string' ? error.stderr : ''
}
