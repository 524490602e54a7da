import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, ExecResult, LabRequest } from '../runtime/runtime.ts'
import {
  parseConnections,
  parseCounters,
  parseTable,
  type Connection,
  type Counters,
  type TableRow,
} from './ipvs.ts'
import { parseFrames, type Frame } from './frames.ts'
import { type Outage, watchOutage } from './outages.ts'
import { matchConnections, nobody, type Question } from './scheduled.ts'

/** What the observer below needs of a lab. */
export interface Wired {
  exec(machine: string, command: readonly string[]): Promise<ExecResult>
  request: Ask
  /** The same once more: not among the commands that the reader is told. */
  again: Ask
}

type Ask = (path: string, options: Omit<LabRequest, 'path'>) => Promise<Answer>

/** Milliseconds between two looks. */
const tick = 50

/** What is to be seen on the wires and in the kernels of machines. Nothing of it reads a file. */
export class Wire {
  readonly #lab: Wired

  constructor(lab: Wired) {
    this.#lab = lab
  }

  /** Which of these machines own the address just now. */
  async holders(address: string, machines: readonly string[]): Promise<string[]> {
    const found: string[] = []
    for (const machine of machines) {
      const stdout = await this.#run(machine, ['ip', '-o', '-4', 'addr', 'show'])
      if (stdout.includes(` ${address}/`)) found.push(machine)
    }
    return found
  }

  /** Waits until the same machines have held it for half a second; what holds it then, or after `ms`. */
  async settled(address: string, machines: readonly string[], ms = 6000): Promise<string[]> {
    const deadline = performance.now() + ms
    let [last, since] = ['', performance.now()]
    for (;;) {
      const held = await this.holders(address, machines)
      const now = performance.now()
      if (held.join() !== last) [last, since] = [held.join(), now]
      if (now > deadline || (held.length > 0 && now - since > 500)) return held
      await pause(tick)
    }
  }

  /** MAC address (RFC 826 calls it hardware address) → machine, for the cards of this name. */
  async cards(card: string, machines: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>()
    for (const machine of machines) {
      const stdout = await this.#run(machine, ['ip', '-o', 'link', 'show', 'dev', card])
      const mac = /link\/ether (\S+)/.exec(stdout)?.[1]
      if (mac) names.set(mac.toLowerCase(), machine)
    }
    return names
  }

  /** Everybody who answers "who has this address?", asked from a machine's card. By MAC address. */
  async neighbours(address: string, from: string, card: string): Promise<string[]> {
    // Three questions in a second, and every answer to each is printed.
    const ask = ['arping', '-b', '-w', '1', '-I', card, address]
    const { stdout } = await this.#lab.exec(from, ask)
    const macs = [...stdout.matchAll(/reply from \S+ \[([0-9A-F:]+)\]/gi)].map(([, mac = '']) =>
      mac.toLowerCase(),
    )
    return [...new Set(macs)].sort()
  }

  /** What these machines have noted about who is where: they ask again. */
  async forgetNeighbours(...machines: readonly string[]): Promise<void> {
    const forget = ['ip', 'neigh', 'flush', 'all']
    await Promise.all(machines.map((machine) => this.#lab.exec(machine, forget)))
  }

  /** Packets of one virtual service that IPVS has handled: towards the servers, and back. */
  async counters(machine: string, service: string): Promise<Counters> {
    const stats = ['ipvsadm', '-Ln', '--stats', '--exact', '-t', service]
    return parseCounters(await this.#run(machine, stats), service)
  }

  /** The servers that the kernel's table has, service by service. */
  async table(machine: string): Promise<TableRow[]> {
    return parseTable(await this.#run(machine, ['ipvsadm', '-Sn']))
  }

  /** The connections that the kernel remembers, and whom it gave them to. */
  async connections(machine: string): Promise<Connection[]> {
    return parseConnections(await this.#run(machine, ['ipvsadm', '-Lnc']))
  }

  /** The frames that pass a card while `work` goes on. `filter` as in pcap-filter(7). */
  async capture(
    machine: string,
    card: string,
    filter: string,
    work: () => Promise<void>,
  ): Promise<Frame[]> {
    // At once: tcpdump would otherwise leave the last frames in the kernel's buffer.
    const listen = `tcpdump --immediate-mode -Unni ${card} -w /run/frames.pcap '${filter}'`
    const start = `rm -f /run/frames.*; ${listen} >/dev/null 2>/run/frames.log & echo $! >/run/frames.pid
      until grep -q listening /run/frames.log; do sleep 0.02; done`
    const end =
      'pid=$(cat /run/frames.pid); kill $pid; while [ -e /proc/$pid/exe ]; do sleep 0.02; done'
    await this.#run(machine, ['sh', '-c', start])
    try {
      await work()
    } finally {
      await this.#run(machine, ['sh', '-c', end])
    }
    const read = ['tcpdump', '-ennr', '/run/frames.pcap']
    return parseFrames(await this.#run(machine, read))
  }

  /**
   * The real server that each question was given to, as the directors remember it. On a busy machine a
   * question may be given up before it was sent: it has taken nobody's turn, and is asked once more.
   */
  async scheduled(
    directors: readonly string[],
    questions: readonly Question[],
    concurrency = 1,
  ): Promise<string[]> {
    const remembered = async () =>
      (await Promise.all(directors.map((one) => this.connections(one)))).flat()
    const before = await remembered()
    let found = questions.map(() => nobody)
    for (let round = 0; round < 3 && found.includes(nobody); round++) {
      const open = questions.filter((_, index) => found[index] === nobody)
      await this.#ask(open, concurrency)
      const known = found.filter((one) => one !== nobody).length
      found = matchConnections(questions, before, await remembered())
      if (found.filter((one) => one !== nobody).length === known) break
    }
    return found
  }

  /**
   * Asks each of these services again and again while `disturb` goes on, until it has been well for a
   * second.
   */
  async outages(
    path: string,
    services: readonly Omit<LabRequest, 'path'>[],
    disturb: () => Promise<void>,
    limitMs: number,
  ): Promise<Outage[]> {
    let over = false
    const disturbed = disturb().finally(() => void (over = true))
    const watches = services.map((service) => {
      let ask: Ask = this.#lab.request
      const asksWell = async () => {
        const { status } = await ask(path, { ...service, timeoutMs: 200 })
        ask = this.#lab.again
        return status === 200
      }
      return watchOutage(asksWell, () => over, limitMs)
    })
    const found = await Promise.all(watches)
    await disturbed
    return found
  }

  async #ask(questions: readonly Question[], concurrency: number): Promise<void> {
    const open = [...questions]
    const asker = async () => {
      for (let one = open.shift(); one; one = open.shift()) {
        const [to, port] = one.service.split(':')
        const whom = { to, port: Number(port), from: one.from }
        await this.#lab.request('/alive', { ...whom, timeoutMs: 400 })
      }
    }
    await Promise.all(Array.from({ length: concurrency }, asker))
  }

  /** A machine that is down has nothing to show. */
  async #run(machine: string, command: readonly string[]): Promise<string> {
    return (await this.#lab.exec(machine, command)).stdout
  }
}
