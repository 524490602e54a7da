import { askEngine } from '../runtime/docker/ask-engine.ts'
import { hostNetworks, overlaps } from '../runtime/host-networks.ts'

/**
 * The first three octets of a /24 that nothing on this machine uses: neither an interface nor one of
 * the engine's networks. Fixed addresses keep a restarted server where nginx has looked it up.
 */
export async function freeSubnet(
  lab: number,
  project: string,
  engine: Readonly<Record<string, string>>,
): Promise<string> {
  const used = await usedNetworks(project, engine)
  for (let second = 201; second < 255; second++) {
    const subnet = `10.${second}.${lab}`
    if (!used.some((cidr) => overlaps(cidr, `${subnet}.0/24`))) return subnet
  }
  return `10.201.${lab}`
}

/** Every network that this machine or its engine knows, but for the lab's own. CIDR notation. */
async function usedNetworks(
  project: string,
  engine: Readonly<Record<string, string>>,
): Promise<string[]> {
  return [...(await hostNetworks()), ...(await engineNetworks(project, engine))]
}

/** Every network's subnet, but for the lab's own, which a killed run may have left behind. */
async function engineNetworks(project: string, env: Readonly<Record<string, string>>) {
  const list = await askEngine(['network', 'ls', '--quiet'], { env })
  const ids = list.stdout.split('\n').filter(Boolean)
  if (ids.length === 0) return []
  const format =
    '{{index .Labels "com.docker.compose.project"}}|{{range .IPAM.Config}}{{.Subnet}} {{end}}'
  const { stdout } = await askEngine(['network', 'inspect', '--format', format, ...ids], { env })
  return stdout
    .split('\n')
    .filter((line) => !line.startsWith(`${project}|`))
    .flatMap((line) => line.split('|')[1]?.trim().split(' ') ?? [])
    .filter((cidr) => cidr.includes('.'))
}
