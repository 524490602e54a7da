import { networkInterfaces } from 'node:os'
import { execa } from 'execa'

/**
 * Networks that this machine has an address in or a route to, in CIDR notation. `ip` is the program
 * and its first words: an applet of busybox, where there is nothing else.
 */
export async function hostNetworks(ip: readonly string[] = ['ip']): Promise<string[]> {
  return [...interfaces(), ...(await fromLinux(ip))]
}

const interfaces = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ cidr, address }) => cidr ?? `${address}/32`)

/** Linux keeps the address of a card that is down, and a route by it; Node shows only those that are up. */
async function fromLinux([program = 'ip', ...first]: readonly string[]): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const asked = [
    ['-o', '-4', 'addr', 'show'],
    ['-4', 'route', 'show'],
  ].map((args) => execa(program, [...first, ...args], { reject: false, timeout: 5000 }))
  const [addresses, routes] = (await Promise.all(asked)).map(({ stdout }) => stdout ?? '')
  const found = [
    ...(addresses ?? '').matchAll(/ inet ([\d.]+\/\d+)/g),
    ...(routes ?? '').matchAll(/^([\d.]+\/\d+) /gm),
  ]
  return found.map(([, cidr = '']) => cidr)
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
