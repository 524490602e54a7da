import { say } from '../../language.ts'
import { docker } from '../docker/docker-cli.ts'
import type { Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Server } from '../server.ts'

/**
 * A container whose program is a kernel of its own: boot.sh. Whoever stops, freezes or cuts off the
 * container does it to the kernel; commands run in the kernel inside.
 */
export function withOwnKernel(place: Place, name: string, plain: Server): Server {
  const ask: Server['exec'] = (command) =>
    plain.exec(['sh', '/runtime/director/ask.sh', ...command])
  // No health check of Docker's: it takes who was paused for ill until it asks again, in 30 s.
  const begin = (verb: 'start' | 'restart') => async () => {
    await plain[verb]()
    await untilUp(place, name, { exec: ask })
  }
  const exec: Server['exec'] = async (command) => {
    const answer = await ask(command)
    if (answer.exitCode !== unanswered || !answer.stderr.startsWith(silent)) return answer
    await begin('restart')()
    throw new EnvironmentError(
      say(
        `The kernel of ${name} had stopped, and was started again.`,
        `${name} 自带的内核停住了，已经重新启动。`,
      ),
      say('repeat it', '重试一次'),
    )
  }
  return { ...plain, exec, start: begin('start'), restart: begin('restart') }
}

/** What ask.sh says and returns when nobody inside takes a wish. */
const [silent, unanswered] = ['The kernel inside does not answer', 125]

/** A kernel answers once its program runs: ask.sh waits for that. */
export async function untilUp(
  { lab }: Place,
  name: string,
  { exec }: Pick<Server, 'exec'>,
): Promise<void> {
  const { exitCode, stderr } = await exec(['true'])
  if (exitCode === 0) return
  throw new EnvironmentError(
    say(
      `The kernel of ${name} does not come up: ${stderr}`,
      `${name} 自带的内核没有起来：${stderr}`,
    ),
    `npm run lab ${lab.number} logs ${name}`,
  )
}

/**
 * Shows the reader's files to the kernel inside as they are now: what it has once read of a folder of
 * the container's it may go on showing, but not through a mount that is new.
 */
export const showFiles = (server: Pick<Server, 'exec'>) =>
  server.exec(['sh', '-c', 'umount -l /lab; mount -t hostfs none /lab -o hostfs=/lab'])

/** Debian has User-Mode Linux for amd64 alone. */
export async function canCarryAKernel(place: Place): Promise<void> {
  const { stdout } = await docker(place, ['version', '--format', '{{.Server.Arch}}'])
  if (stdout.trim() === 'amd64') return
  throw new EnvironmentError(
    say(
      `The engine's kernel has no IPVS, and the one that the lab brings runs on amd64 alone; this engine is ${stdout.trim()}.`,
      `引擎的内核没有 IPVS，而实验自带的内核只能在 amd64 上运行，这里的引擎是 ${stdout.trim()}。`,
    ),
    say(
      'on the machine of the engine: sudo modprobe ip_vs',
      '在引擎所在的机器上执行：sudo modprobe ip_vs',
    ),
  )
}
