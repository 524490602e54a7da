import { networkInterfaces } from 'node:os'
import { execa } from 'execa'
import { askEngine } from '../runtime/docker/ask-engine.ts'

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
export async function usedNetworks(
  project: string,
  engine: Readonly<Record<string, string>>,
): Promise<string[]> {
  return [...interfaces(), ...(await sleeping()), ...(await engineNetworks(project, engine))]
}

/** Linux keeps the address of a card that is down; Node shows only those that are up. */
async function sleeping(): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const { stdout } = await execa('ip', ['-o', '-4', 'addr', 'show'], { reject: false })
  return [...(stdout ?? '').matchAll(/ inet ([\d.]+\/\d+)/g)].map(([, cidr = '']) => cidr)
}

const interfaces = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ cidr, address }) => cidr ?? `${address}/32`)

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

export function overlaps(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)]
  const bits = Math.min(left.bits, right.bits)
  // A shift by 32 is a shift by 0 in JavaScript.
  return bits === 0 || left.address >>> (32 - bits) === right.address >>> (32 - bits)
}

function parse(cidr: string): { address: number; bits: number } {
  const [address = '', bits = '32'] = cidr.split('/')
  const number = address.split('.').reduce((sum, octet) => ((sum << 8) | Number(octet)) >>> 0, 0)
  return { address: number, bits: Number(bits) }
}
