import { expect } from 'vitest'
import type { Drawable } from '../../.vitepress/book/measured.ts'
import type { Figure } from './claim.ts'
import { type Edit, hasAddress, Keepalived, patient, prepareServers } from './keepalived.ts'
import { vip } from './lvs/topology.ts'
import {
  type Fall,
  outages,
  pullCable,
  stopInOrder,
  untilServed as untilReaderIsServed,
} from './outages.ts'
import { openRack } from './rack.ts'
import { Readers } from './readers.ts'

const stage = openRack(import.meta.url, async (rack) => {
  await prepareServers(rack)
  keepalived = new Keepalived(rack)
})
const { claim } = stage
let keepalived: Keepalived

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)]!
const seconds = (ms: number) => (ms / 1000).toFixed(2)

const untilServed = () => untilReaderIsServed(stage.rack)

/** As many outages of this kind, for a figure: their milliseconds, and nothing after the point. */
const undisturbed = async (times: number, fall: Fall) =>
  (await outages(stage.rack, keepalived, times, fall)).map(Math.round)

let cut: readonly number[] | undefined
/** Twenty times the master's cable is pulled out; measured once. */
const pulled = async () => (cut ??= await undisturbed(20, pullCable(stage.rack)))

claim(
  'backup-takes-over',
  'twenty times the master’s cable is pulled out: readers are soon served again',
  async ({ figure }) => {
    const all = await pulled()
    expect(Math.min(...all), 'each time there was an outage').toBeGreaterThan(100)
    expect(median(all)).toBeLessThan(1000)
    const [middle, worst] = [seconds(median(all)), seconds(Math.max(...all))]
    const measured: Figure & Drawable = {
      outagesMs: all,
      en: `advert_int 0.15, ${all.length} cables pulled: no service for ${middle} s (median), ${worst} s (worst)`,
      zh: `advert_int 0.15，拔线 ${all.length} 次：无人服务的时间，中位数 ${middle} 秒，最长 ${worst} 秒`,
    }
    figure(measured)
  },
)

claim(
  'clean-stop-is-quicker',
  'a master that is stopped says goodbye: the backup need not wait for silence',
  async ({ figure }) => {
    const stopped = await undisturbed(5, stopInOrder(keepalived))
    const [clean, silent] = [median(stopped), median(await pulled())]
    expect(clean, 'three advertisements that do not come').toBeLessThan(3 * 150)
    expect(clean).toBeLessThan(silent)
    const measured: Figure & Drawable = {
      outagesMs: stopped,
      en: `stopped: ${seconds(clean)} s without service; cable pulled: ${seconds(silent)} s (medians)`,
      zh: `正常停止：${seconds(clean)} 秒无人服务；拔网线：${seconds(silent)} 秒（中位数）`,
    }
    figure(measured)
  },
)

const macOf = async (machine: string) =>
  (await stage.rack.run(machine, 'ip -brief link show dev eth0')).split(/\s+/)[2]!

claim(
  'gratuitous-arp-moves-the-address',
  'no reader asks meanwhile, and yet the router knows the new card',
  async ({ figure }) => {
    const { rack } = stage
    await keepalived.startPair(patient)
    const note = `ip neigh show ${vip} | grep -q`
    await untilServed()
    await rack.until('router', `${note} ${await macOf('lvs1')}`)
    const told = rack.run(
      'router',
      `timeout 20 tcpdump -l -en -c 1 -i eth1 'arp and ether src ${await macOf('lvs2')} and ether broadcast' 2>/dev/null`,
    )
    await rack.guest.cut('lvs1')
    try {
      await rack.until('lvs2', hasAddress)
      const heard = await told
      expect(heard).toContain(vip)
      await rack.until('router', `${note} ${await macOf('lvs2')}`, 2)
      figure({
        en: `the router’s note: from ${await macOf('lvs1')} to ${await macOf('lvs2')}, and nobody had asked`,
        zh: `路由器的记录：从 ${await macOf('lvs1')} 变为 ${await macOf('lvs2')}，没有人问过`,
      })
    } finally {
      await rack.guest.mend('lvs1')
    }
  },
)

claim(
  'nopreempt-stays',
  'the better one comes back: with nopreempt it stays backup, without it takes the address',
  async ({ figure }) => {
    const { rack } = stage
    /** Whether lvs1, back again, has taken the address by the time that it has heard 20 adverts, or sent them. */
    const takesBack = async (edit: Edit) => {
      await keepalived.startPair(edit)
      await keepalived.stop('lvs1')
      await rack.until('lvs2', hasAddress)
      await keepalived.start('lvs1', edit)
      await rack.run('lvs1', `timeout 20 tcpdump -n -c 20 -i eth0 'ip proto 112' 2>/dev/null`)
      return (await rack.run('lvs1', `${hasAddress} && echo yes || echo no`)) === 'yes'
    }
    const calm: Edit = (same) => patient(same).replace('state BACKUP', 'state BACKUP\n  nopreempt')
    expect(await takesBack(patient)).toBe(true)
    expect(await takesBack(calm)).toBe(false)
    expect(await rack.run('lvs2', `${hasAddress} && echo yes`)).toBe('yes')
    figure({
      en: 'with nopreempt, 20 advertisements later: lvs1 backup, lvs2 master; without: lvs1 master',
      zh: '有 nopreempt，20 次通告之后：lvs1 为备，lvs2 为主；没有：lvs1 为主',
    })
  },
)

claim(
  'split-brain-two-masters',
  'advertisements are lost: two masters, both answer; they pass again: one steps back',
  async ({ figure }) => {
    const { rack } = stage
    const answering = async () => {
      const said = await rack.run('router', `arping -b -w 1 -I eth1 ${vip} || true`)
      return new Set([...said.matchAll(/\[([0-9A-F:]{17})\]/gi)].map(([, mac]) => mac)).size
    }
    await keepalived.startPair(patient)
    expect(await answering()).toBe(1)
    // What each sends to the other goes to a card that is nowhere; all other ways are open.
    const lose = (from: string, peer: string) =>
      rack.run(from, `ip neigh replace ${peer} lladdr 02:00:00:00:00:99 nud permanent dev eth0`)
    await lose('lvs1', '192.0.2.3')
    await lose('lvs2', '192.0.2.2')
    await rack.until('lvs2', hasAddress)
    expect(await rack.run('lvs1', `${hasAddress} && echo yes`)).toBe('yes')
    const masters = await answering()
    expect(masters).toBe(2)
    await rack.run('lvs1', 'ip neigh del 192.0.2.3 dev eth0')
    await rack.run('lvs2', 'ip neigh del 192.0.2.2 dev eth0')
    const ms = await rack.until('lvs2', `! ${hasAddress}`)
    expect(await rack.run('lvs1', `${hasAddress} && echo yes`)).toBe('yes')
    expect(await answering()).toBe(1)
    figure({
      en: `advertisements lost: ${masters} machines answered for the address; heard again: 1, after ${seconds(ms)} s`,
      zh: `通告丢失：${masters} 台机器替这个地址回答；又能听到之后 ${seconds(ms)} 秒：1 台`,
    })
  },
)

claim(
  'failover-keeps-synced-connections',
  'an open connection survives the failover if the backup has been told of it, and only then',
  async ({ figure }) => {
    /** While a busy machine keeps lvs1 waiting, lvs2 is master: what begins then is its own already. */
    const readerOf = async (master: string) => {
      for (let tries = 0; tries < 5; tries++) {
        await keepalived.untilSettled()
        const reader = await Readers.begin(stage.rack, 'kept', { patience: 5000 })
        const own = `ipvsadm -Lnc | grep :${reader.port} || true`
        if (await stage.rack.run(master, own)) return reader
        await reader.over()
      }
      throw new Error(`five connections, and none through ${master}`)
    }
    const survives = async (edit: Edit, isTold: boolean) => {
      await keepalived.startPair(edit)
      const reader = await readerOf('lvs1')
      const knows = `ipvsadm -Lnc | grep -q :${reader.port}`
      // The master tells of its connections a little behind.
      await stage.rack.until('lvs2', isTold ? knows : `! ${knows}`)
      await stage.rack.guest.cut('lvs1')
      await stage.rack.until('lvs2', hasAddress)
      await untilServed()
      await reader.call('after')
      await untilServed()
      await untilServed()
      const asked = await reader.over()
      await stage.rack.guest.mend('lvs1')
      const ports = new Set(asked.map(({ port }) => port))
      const lost = asked.filter(({ failure }) => failure !== undefined)
      return { isOne: ports.size === 1 && lost.length === 0, failure: lost[0]?.failure }
    }
    const synced = await survives(patient, true)
    const untold: Edit = (same) => patient(same).replace(/^\s*lvs_sync_daemon.*$/m, '')
    const alone = await survives(untold, false)
    expect(synced).toEqual({ isOne: true, failure: undefined })
    expect(alone.isOne).toBe(false)
    expect(alone.failure).toMatch(/ECONNRESET|hang up/)
    figure({
      en: `with lvs_sync_daemon the connection went on; without it: ${alone.failure}`,
      zh: `有 lvs_sync_daemon，连接继续；没有：${alone.failure}`,
    })
  },
)
