import { execa } from 'execa'
import type { Engine } from '../runtime/docker/engine.ts'
import type { Kernel, Place } from '../runtime/docker/place.ts'

/**
 * Whose kernel balances the packets: the engine's where it has IPVS, else those that the directors
 * bring. Asked of ipvsadm(8) in a container: `lsmod` shows neither what is built in nor what the kernel
 * would load when asked. `FOUR_TIERS_KERNEL`, which is `engine` or `guest`, decides without asking.
 */
export async function chooseKernel({ lab, engine, imagePrefix }: Place): Promise<Kernel> {
  const wish = process.env.FOUR_TIERS_KERNEL
  if (wish === 'engine' || wish === 'guest') return wish
  return (await hasIpvs({ env: engine, imagePrefix }, lab.images[0] ?? '')) ? 'engine' : 'guest'
}

/** Has the engine's kernel IPVS, for a container that may set its own tables? */
export async function hasIpvs(
  { env, imagePrefix }: Pick<Engine, 'env' | 'imagePrefix'>,
  image: string,
): Promise<boolean> {
  const rights = ['--cap-add', 'NET_ADMIN', '--security-opt', 'no-new-privileges']
  const options = ['--rm', '--network', 'none', '--pull', 'never', ...rights]
  const args = ['run', ...options, imagePrefix + image, 'ipvsadm', '-Ln']
  // An engine that hangs is asked no longer than by `doctor`'s other questions.
  const asked = { env, reject: false, timeout: 20_000 }
  return (await execa('docker', args, asked)).exitCode === 0
}
