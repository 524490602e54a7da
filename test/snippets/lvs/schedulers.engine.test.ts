import { beforeAll, describe, expect, test } from 'vitest'
import { addServer, closed, newService, schedule } from '../../../snippets/lvs/service.ts'
import type { Scheduler } from '../../../snippets/lvs/service.ts'
import { withBug, type Bug } from '../nginx/planted-bugs.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { inRealKernel } from './real-kernel.ts'
import { serve } from './wires.ts'

interface Model {
  readonly newService: typeof newService
  readonly addServer: typeof addServer
  readonly schedule: typeof schedule
  readonly closed: typeof closed
}
/** A service on a port of its own, and what its clients do, one after the other. */
interface Made {
  readonly scheduler: Scheduler
  readonly weights: readonly number[]
  readonly deeds: readonly Deed[]
}
/** A client of this address connects, or the oldest connection but so many is closed. */
type Deed = { readonly connect: string } | { readonly close: number }

const names = ['a', 'b', 'c', 'd'] as const
const schedulers: readonly Scheduler[] = ['rr', 'wrr', 'lc', 'wlc', 'sh', 'sed', 'nq']
/** Where mistakes show, whatever is drawn; the other services have any weights. */
const telling: readonly (readonly number[])[] = [
  [0, 2, 1],
  [2, 4, 6],
  [9, 1],
  [3, 0, 3, 1],
]
const servicesEach = 8
const deedsEach = 24
const seed = fuzzSeed()
let services: readonly (Made & { readonly answers: readonly string[] })[]

function make(seeded: Seeded, scheduler: Scheduler, index: number): Made {
  const drawn = seeded.list(seeded.between(1, 4), () => seeded.pick([0, 1, 1, 2, 2, 3, 4, 6, 9]))
  const weights = telling[index] ?? drawn
  let open = 0
  const deeds = seeded.list(deedsEach, (): Deed => {
    if (open > 2 && seeded.isLucky(0.3)) return { close: seeded.below(open--) }
    open++
    return { connect: `10.0.${seeded.below(4)}.${seeded.between(3, 250)}` }
  })
  return { scheduler, weights, deeds }
}

/** Director and servers in one machine: what is asked here is who, and not by which way. */
const lay = [
  'for name in client director a b c d; do ip netns add $name; ip -n $name link set lo up; done',
  'ip -n director link add switch0 type bridge',
  'ip -n director link set switch0 up',
  'ip -n director addr add 10.0.0.1/16 dev switch0',
  'for name in client a b c d; do',
  '  ip -n director link add to-$name type veth peer name eth0 netns $name',
  '  ip -n director link set to-$name master switch0 up; ip -n $name link set eth0 up',
  'done',
  'ip -n client addr add 10.0.0.2/16 dev eth0',
  'for host in $(seq 3 250); do for net in 0 1 2 3; do',
  '  echo "addr add 10.0.$net.$host/16 dev eth0"; done; done | ip -n client -batch -',
  'at=1; for name in a b c d; do ip -n $name addr add 10.1.0.$at/16 dev eth0',
  '  ip -n $name route add default via 10.1.0.254; at=$((at + 1)); done',
  'ip -n director addr add 10.1.0.254/16 dev switch0',
  `ip netns exec director sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'`,
  ...names.flatMap((name) => [
    `ip netns exec ${name} ${serve(name, 80, true)} & pids="$pids $!"`,
    `until ip netns exec ${name} ss -Hltn | grep -q ':80 '; do :; done`,
  ]),
].join('\n')

/** One Perl holds all connections of a service; it says who answered each. */
const client = `
use IO::Socket;
my (@open, $port);
while (<STDIN>) {
  my ($deed, $what) = split;
  if ($deed eq "service") { $port = $what; @open = (); next }
  if ($deed eq "close") {
    close splice @open, $what, 1;
    next;
  }
  my $one = IO::Socket::INET->new(PeerAddr => "10.0.0.1", PeerPort => $port,
    LocalAddr => $what, Timeout => 2);
  if (!$one) { print "$port -\\n"; next }
  my $name = <$one>; print "$port $name"; push @open, $one;
}`

function scriptOf(made: readonly Made[]): string {
  const table = made.flatMap(({ scheduler, weights }, index) => [
    `-A -t 10.0.0.1:${1000 + index} -s ${scheduler}`,
    ...weights.map(
      (weight, at) => `-a -t 10.0.0.1:${1000 + index} -r 10.1.0.${at + 1}:80 -m -w ${weight}`,
    ),
  ])
  const deeds = made.flatMap((one, index) => [
    `service ${1000 + index}`,
    ...one.deeds.map((deed) =>
      'connect' in deed ? `connect ${deed.connect}` : `close ${deed.close}`,
    ),
  ])
  return [
    'cd /run',
    lay,
    `ip netns exec director ipvsadm -R <<END\n${table.join('\n')}\nEND`,
    `cat >/run/client.pl <<'END'${client}\nEND`,
    `ip netns exec client perl /run/client.pl <<END\n${deeds.join('\n')}\nEND`,
    'kill $pids',
  ].join('\n')
}

beforeAll(async () => {
  const seeded = new Seeded(seed)
  const made = schedulers.flatMap((scheduler) =>
    seeded.list(servicesEach, (index) => make(seeded, scheduler, index)),
  )
  const output = await inRealKernel(scriptOf(made))
  services = made.map((one, index) => ({
    ...one,
    answers: [...output.matchAll(new RegExp(`^${1000 + index} (\\S)$`, 'gm'))].map(
      ([, name]) => name!,
    ),
  }))
  if (services.every(({ answers }) => answers.length === 0)) throw new Error(output)
})

/** Whom the model names, connection by connection; `-` where a client is refused. */
function predicted(model: Model, { scheduler, weights, deeds }: Made): string[] {
  let service = weights.reduce(
    (all, weight, at) => model.addServer(all, names[at]!, weight),
    model.newService(scheduler),
  )
  const open: string[] = []
  return deeds.flatMap((deed) => {
    if ('close' in deed) {
      const [name] = open.splice(deed.close, 1)
      if (name) service = model.closed(service, name)
      return []
    }
    const scheduled = model.schedule(service, deed.connect)
    service = scheduled.service
    if (scheduled.chosen) open.push(scheduled.chosen)
    return [scheduled.chosen ?? '-']
  })
}

const wrong = (model: Model) =>
  services.filter((one) => predicted(model, one).join('') !== one.answers.join(''))

const bugs: readonly Bug[] = [
  {
    name: 'wrr goes in single steps, whatever the weights share',
    file: 'lvs/weighted-round-robin.ts',
    find: 'least - step <= 0 ? top : least - step',
    replace: 'least - 1 <= 0 ? top : least - 1',
  },
  {
    name: 'wrr begins every new list with the heaviest',
    file: 'lvs/weighted-round-robin.ts',
    find: 'threshold > top || threshold === 0',
    replace: 'threshold >= 0',
  },
  {
    name: 'sh gives every server the same share',
    file: 'lvs/source-hash.ts',
    find: 'taken >= weights[owner]!',
    replace: 'taken >= 1',
  },
  {
    name: 'sh asks another server when the client’s own weighs 0',
    file: 'lvs/source-hash.ts',
    find: 'weights[owner]! > 0 ? owner : undefined',
    replace: 'weights[owner]! > 0 ? owner : [...weights.keys()].find((at) => weights[at]! > 0)',
  },
  {
    name: 'lc heeds the weight',
    file: 'lvs/least-connection.ts',
    find: 'least(loads, overhead)',
    replace: 'least(loads, (load) => overhead(load) / load.weight)',
  },
  {
    name: 'wlc does not',
    file: 'lvs/least-connection.ts',
    find: 'overhead(load) / load.weight',
    replace: 'overhead(load)',
  },
  {
    name: 'closed connections weigh nothing',
    file: 'lvs/least-connection.ts',
    find: 'active * 256 + inactive',
    replace: 'active * 256 + 0 * inactive',
  },
  {
    name: 'closed connections weigh as much as open ones',
    file: 'lvs/least-connection.ts',
    find: 'active * 256 + inactive',
    replace: 'active + inactive',
  },
  {
    name: 'sed forgets the newcomer',
    file: 'lvs/least-connection.ts',
    find: '(active + 1) / weight',
    replace: 'active / weight',
  },
  {
    name: 'nq waits where somebody else is idle',
    file: 'lvs/least-connection.ts',
    find: 'idle < 0 ?',
    replace: 'idle < loads.length ?',
  },
  {
    name: 'the servers stand in the order in which they were added',
    file: 'lvs/service.ts',
    find: '[{ name, weight, active: 0, inactive: 0 }, ...service.servers]',
    replace: '[...service.servers, { name, weight, active: 0, inactive: 0 }]',
  },
  {
    name: 'rr asks servers that weigh 0',
    file: 'lvs/service.ts',
    find: 'if (servers[at]!.weight > 0) return at',
    replace: 'if (servers[at]) return at',
  },
]

describe('who gets the next connection', () => {
  test('the model and ip_vs name the same server, connection by connection', () => {
    const [first, ...more] = wrong({ newService, addServer, schedule, closed })
    if (first)
      expect(
        first.answers.join(''),
        `FUZZ_SEED=${seed}, ${more.length + 1} of ${services.length}; ${first.scheduler} ${first.weights.join(' ')} ${JSON.stringify(first.deeds)}`,
      ).toBe(predicted({ newService, addServer, schedule, closed }, first).join(''))
  })

  test('every service was asked', () => {
    for (const { deeds, answers } of services)
      expect(answers).toHaveLength(deeds.filter((deed) => 'connect' in deed).length)
  })

  test.each(bugs)('$name: found', async (bug) => {
    const found = await withBug(
      bug,
      async (load) => wrong((await load('lvs/service.ts')) as Model).length,
    )
    expect(found).toBeGreaterThan(0)
  })
})
