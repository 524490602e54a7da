import { readFileSync } from 'node:fs'
import { vip } from './lvs/topology.ts'
import type { Rack } from './rack.ts'

export type Director = 'lvs1' | 'lvs2'
export type Edit = (configuration: string) => string

/**
 * Advertisements three times as rare, where nothing is measured: a test machine that is busy may
 * keep a guest waiting for longer than three short intervals, and that is a failover, too.
 */
export const patient: Edit = (same) => same.replace('advert_int 0.15', 'advert_int 0.5')

const has = (address: string) => `ip -brief address show dev eth0 | grep -q ${address}/`
export const hasAddress = has(vip)
const hasTable = '[ "$(ipvsadm -Sn | grep -c -- -r)" = 2 ]'

/** keepalived on machines of the rack, from the configurations of lvs/, which a claim may alter. */
export class Keepalived {
  readonly #rack: Rack

  constructor(rack: Rack) {
    this.#rack = rack
  }

  async start(machine: string, edit: Edit = (same) => same): Promise<void> {
    const file = new URL(`./lvs/${machine}.conf`, import.meta.url)
    await this.#rack.run('', `mkdir -p /run/keepalived/${machine}`)
    await this.#rack.guest.put(`/run/keepalived/${machine}`, {
      'keepalived.conf': edit(readFileSync(file, 'utf8')),
    })
    const pids = ['-p .pid', '-r .vrrp', '-c .checkers', '-b .bfd']
      .map((pid) => pid.replace('.', `/run/${machine}.`))
      .join(' ')
    const from = `-f /run/keepalived/${machine}/keepalived.conf`
    await this.#rack.run(
      machine,
      `keepalived -n -l -D -G ${from} ${pids} >/run/${machine}.log 2>&1 &`,
    )
    await this.#rack.until(machine, `test -s /run/${machine}.pid`)
  }

  /** In good order, as a service manager does it. */
  async stop(machine: string): Promise<void> {
    await this.#rack.run(machine, `kill $(cat /run/${machine}.pid)`)
    await this.#rack.until(machine, `! test -e /run/${machine}.pid`)
  }

  async stopAll(...machines: readonly string[]): Promise<void> {
    for (const machine of machines)
      await this.#rack.run(
        machine,
        `! test -e /run/${machine}.pid || kill $(cat /run/${machine}.pid)`,
      )
    for (const machine of machines) await this.#rack.until(machine, `! test -e /run/${machine}.pid`)
  }

  log(machine: string): Promise<string> {
    return this.#rack.run(machine, `grep -v 'ratuitous ARP' /run/${machine}.log`)
  }

  /** Both directors, lvs1 as master, each with both servers in its table. */
  async startPair(edit?: Edit): Promise<void> {
    await this.stopAll('lvs1', 'lvs2')
    await this.start('lvs1', edit)
    await this.start('lvs2', edit)
    await this.untilSettled()
  }

  async untilSettled(): Promise<void> {
    try {
      await this.#rack.until('lvs1', `${hasAddress} && ${hasTable}`)
      await this.#rack.until('lvs2', `! ${hasAddress} && ${hasTable}`)
    } catch (error) {
      const logs = await Promise.all(['lvs1', 'lvs2'].map((machine) => this.log(machine)))
      throw new Error(logs.map((log) => log.split('\n').slice(-30).join('\n')).join('\n\n'), {
        cause: error,
      })
    }
  }
}

/** Servers that are ready for direct routing: lvs/direct-routing.sh. */
export async function prepareServers(rack: Rack): Promise<void> {
  for (const server of ['nginx1', 'nginx2']) await rack.run(server, 'sh /app/direct-routing.sh')
}
