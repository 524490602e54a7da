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

/** What the observer below needs of a lab. */
export interface Wired {
  exec(machine: string, command: readonly string[]): Promise<ExecResult>
  request(path: string, options: Omit<LabRequest, 'path'>): Promise<Answer>
}

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
   * Asks again and again while `disturb` goes on, until the service has been well for a second:
   * from the first question without a good answer to the end of the last one, in milliseconds.
   */
  async outage(
    path: string,
    options: Omit<LabRequest, 'path'>,
    disturb: () => Promise<void>,
    limitMs: number,
  ): Promise<{ readonly ms: number; readonly lost: number; readonly isBack: boolean }> {
    let over = false
    const disturbed = disturb().finally(() => void (over = true))
    const deadline = performance.now() + limitMs
    let [first, last, lost, well] = [0, 0, 0, 0]
    for (let now = performance.now(); now < deadline; now = performance.now()) {
      const answer = await this.#lab.request(path, { ...options, timeoutMs: 200 })
      if (answer.status === 200) {
        well ||= now
        if (over && now - well > 1000) break
        continue
      }
      lost += 1
      first ||= now
      last = performance.now()
      well = 0
    }
    await disturbed
    return { ms: Math.round(last - first), lost, isBack: well > 0 }
  }

  /** A machine that is down has nothing to show. */
  async #run(machine: string, command: readonly string[]): Promise<string> {
    return (await this.#lab.exec(machine, command)).stdout
  }
}
