import { execa } from 'execa'
import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'

interface Question {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Questions are answered at once; what removes servers may take longer. */
  readonly seconds?: number
}

/**
 * `docker`, of which an engine that hangs makes an endless wait: it is given up after a while, and
 * the reader is told. Whether the answer is a good one, the caller decides.
 */
export async function askEngine(
  args: readonly string[],
  { seconds = 20, ...options }: Question = {},
): Promise<{ readonly exitCode: number | undefined; readonly stdout: string }> {
  const answer = await execa('docker', args, { ...options, reject: false, timeout: seconds * 1000 })
  if (answer.timedOut) throw hangs(args, seconds)
  // Without a `docker` there is no output at all.
  return { exitCode: answer.exitCode, stdout: answer.stdout ?? '' }
}

function hangs(args: readonly string[], seconds: number): EnvironmentError {
  const asked = ['docker', ...args.slice(0, 2)].join(' ')
  return new EnvironmentError(
    say(
      `The Docker engine hangs: \`${asked}\` had no answer in ${seconds} s.`,
      `Docker 引擎没有反应：\`${asked}\` 等了 ${seconds} 秒也没有响应。`,
    ),
    say(
      'restart Docker, then see what it says: npm run lab doctor',
      '重启 Docker，再看看它怎么样：npm run lab doctor',
    ),
  )
}
