import { cardOf, serverAt, wireOfServers } from '../../../snippets/lvs/network.ts'
import type { Fault, Machine, Network, Wire } from '../../../snippets/lvs/network.ts'
import type { Case } from './generated-network.ts'

// Shell for a guest with a real kernel: machines are network namespaces, wires are bridges, and one
// tcpdump hears each wire.

export const wires: readonly Wire[] = ['internet', 'lan', 'far']
/** How long a client waits for an answer, seconds; the kernel asks again after one. */
const patienceS = 0.7

/** Makes the wires, and listens on them from now on. */
export const layWires = [
  `quiet() { ip netns exec $1 sh -c 'cd /proc/sys/net
    for what in all default; do
      echo 1 >ipv6/conf/$what/disable_ipv6
      echo 0 >ipv4/conf/$what/send_redirects
      echo 0 >ipv4/conf/$what/rp_filter
    done'; }`,
  ...wires.flatMap((wire) => [
    `ip netns add ${wire}; quiet ${wire}`,
    `ip -n ${wire} link add switch0 type bridge mcast_snooping 0`,
    `ip -n ${wire} link set switch0 up`,
    `ip netns exec ${wire} tcpdump -i switch0 -n -U --immediate-mode --time-stamp-precision=nano \\
      -w /run/${wire}.pcap 2>/run/${wire}.err & ${wire}=$!`,
    `until grep -q listening /run/${wire}.err; do :; done`,
  ]),
].join('\n')

/** Ends the listening, and prints what was heard. */
export const takeUp = [
  ...wires.map((wire) => `kill -INT $${wire}; wait $${wire}`),
  ...wires.map((wire) => `echo "WIRE ${wire} $(base64 -w 0 /run/${wire}.pcap)"`),
].join('\n')

/** A server that says its name and hangs up, or keeps its connections. */
export const serve = (name: string, port: number, keeps = false): string =>
  `perl -MIO::Socket -e '
    my $door = IO::Socket::INET->new(LocalPort => ${port}, Listen => 99, ReuseAddr => 1) or die $!;
    my @kept;
    while (my $guest = $door->accept) {
      print $guest "${name}\\n"; $guest->flush; ${keeps ? 'push @kept, $guest' : ''}
    }'`

/** Builds a case, lets its client connect so many times, and takes it down again. */
export function play({ network, setup }: Case, index: number, connections: number): string {
  const { router, director, servers, virtual } = network
  const { mode, serverPort, faults } = setup
  const has = (fault: Fault) => faults.includes(fault)
  const ns = (machine: Machine) => `case${index}-${machine}`
  const on = (machine: Machine, command: string) => `ip netns exec ${ns(machine)} ${command}`
  const set = (machine: Machine, values: Readonly<Record<string, number>>) => {
    const writes = Object.entries(values).map(([name, value]) => `echo ${value} >${name}`)
    return on(machine, `sh -c 'cd /proc/sys/net/ipv4; ${writes.join('; ')}'`)
  }
  const names = servers.map((_, at) => serverAt(at))
  const all: readonly Machine[] = ['client', 'router', 'director', ...names]
  const wire = wireOfServers(setup)
  const back = mode === 'nat' && !has('wrong-gateway') ? director.address : router[wire].address
  const service = `-t ${virtual.address}:${virtual.port}`
  const flag = { nat: '-m', 'direct-routing': '-g', tunnel: '-i' }[mode]
  const holdsVirtual = mode !== 'nat' && !has('no-virtual-address')
  const ask = `timeout ${patienceS} bash -c 'cat </dev/tcp/${virtual.address}/${virtual.port}'`
  const alias = (dev: string) => `addr add ${virtual.address}/32 dev ${dev}`
  const gateway = (address: string) => `route add default via ${address}`

  return [
    batch(
      '',
      all.map((machine) => `netns add ${ns(machine)}`),
    ),
    ...all.map((machine) => `quiet ${ns(machine)}`),
    ...wires.map((one) =>
      batch(one, [
        ...all.flatMap((machine) =>
          wiresOf(machine, wire).includes(one)
            ? cable(index, machine, one, ns(machine), network)
            : [],
        ),
      ]),
    ),
    ...all.map((machine) =>
      batch(ns(machine), [
        'link set lo up',
        ...wiresOf(machine, wire).flatMap((one) => [
          `addr add ${cardOf(network, machine, one).address}/24 dev ${one}`,
          `link set ${one} up`,
        ]),
        ...(machine === 'client' ? [gateway(router.internet.address)] : []),
        ...(machine === 'director' ? [gateway(router.lan.address), alias('lan')] : []),
        ...(names.includes(machine) ? [gateway(back)] : []),
        ...(names.includes(machine) && mode === 'tunnel' ? ['link set tunl0 up'] : []),
        ...(names.includes(machine) && holdsVirtual
          ? [alias(mode === 'tunnel' ? 'tunl0' : 'lo')]
          : []),
      ]),
    ),
    set('router', { ip_forward: 1 }),
    set('director', { ip_forward: 1 }),
    ...names.flatMap((name) => [
      set(name, {
        'conf/all/arp_ignore': has('no-arp-ignore') ? 0 : 1,
        'conf/all/arp_announce': has('no-arp-announce') ? 0 : 2,
        ...(has('reverse-path-check') ? { 'conf/tunl0/rp_filter': 1 } : {}),
      }),
      `${on(name, serve(name, serverPort))} & pids="$pids $!"`,
      `until ${on(name, 'ss -Hltn')} | grep -q ':${serverPort} '; do :; done`,
    ]),
    `${on('director', 'ipvsadm -R')} <<END`,
    `-A ${service} -s rr`,
    ...servers.map(({ address }) => `-a ${service} -r ${address}:${serverPort} ${flag}`),
    'END',
    ...Array.from(
      { length: connections },
      () => `echo "CASE ${index} $(${on('client', ask)} 2>&1 || echo failed)."`,
    ),
    'kill $pids; pids=',
    batch(
      '',
      all.map((machine) => `netns del ${ns(machine)}`),
    ),
  ].join('\n')
}

/** A machine's cards are called as their wires. */
const wiresOf = (machine: Machine, ofServers: Wire): readonly Wire[] => {
  if (machine === 'router') return wires
  if (machine === 'client') return ['internet']
  return [machine === 'director' ? 'lan' : ofServers]
}

function cable(index: number, machine: Machine, wire: Wire, ns: string, network: Network) {
  // The kernel allows 15 characters.
  const port = `${index}${machine.replace(/^(..).*?(\d?)$/, '$1$2')}`
  const { mac } = cardOf(network, machine, wire)
  return [
    `link add ${port} type veth peer name ${wire} netns ${ns} address ${mac}`,
    `link set ${port} master switch0 up`,
  ]
}

const batch = (ns: string, lines: readonly string[]): string =>
  `ip ${ns && `-n ${ns} `}-batch - <<END\n${lines.join('\n')}\nEND`
