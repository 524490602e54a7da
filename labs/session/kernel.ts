import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { parse } from 'yaml'
import type { Lab } from '../catalog/catalog.ts'
import type { Engine } from '../runtime/docker/engine.ts'
import type { Kernel } from '../runtime/docker/place.ts'
import { overlaps, usedNetworks } from './subnet.ts'

/**
 * Whose kernel balances the packets: the engine's where it has IPVS, else one that the lab brings.
 * Asked of ipvsadm(8) in a container: `lsmod` shows neither what is built in nor what the kernel would
 * load when asked. `FOUR_TIERS_KERNEL`, which is `engine` or `guest`, decides without asking.
 */
export async function chooseKernel(
  lab: Lab,
  project: string,
  engine: Pick<Engine, 'env' | 'imagePrefix'>,
): Promise<Kernel> {
  const wish = process.env.FOUR_TIERS_KERNEL
  if (wish === 'engine' || wish === 'guest') return wish
  const used = await usedNetworks(project, engine.env)
  if (fixedSubnets(lab).some((wanted) => used.some((cidr) => overlaps(cidr, wanted))))
    return 'guest'
  return (await hasIpvs(engine, lab.images[0] ?? '')) ? 'engine' : 'guest'
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

interface ComposeFile {
  readonly networks?: Readonly<
    Record<string, { readonly ipam?: { readonly config?: readonly { readonly subnet: string }[] } }>
  >
}

/** The networks that stand in the lab's Compose file as they are: nobody else may have them. */
export function fixedSubnets({ folder }: Pick<Lab, 'folder'>): string[] {
  const { networks = {} } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')) as ComposeFile
  return Object.values(networks)
    .flatMap(({ ipam }) => ipam?.config ?? [])
    .map(({ subnet }) => subnet)
    .filter((subnet) => !subnet.includes('$'))
}
