import { expect } from 'vitest'
import { type Edit, Keepalived, patient, prepareServers } from './keepalived.ts'
import { pairVip } from './lvs/topology.ts'
import { openRack } from './rack.ts'
import { failed, tally } from './tally.ts'

const stage = openRack(import.meta.url, async (rack) => {
  await prepareServers(rack)
  keepalived = new Keepalived(rack)
  await start((same) => same)
})
const { claim } = stage
let keepalived: Keepalived

/** The one director, with both servers in its table. */
async function start(edit: Edit): Promise<void> {
  await keepalived.stopAll('lvs1')
  await keepalived.start('lvs1', edit)
  await stage.rack.until('lvs1', '[ "$(ipvsadm -Sn | grep -c -- -r)" = 2 ]')
}

const listed = 'ipvsadm -Sn | grep -q -- "-r 192.0.2.11:80"'
const seconds = (ms: number) => (ms / 1000).toFixed(2)
const pids = 'cat /run/servers/nginx1.pid /run/servers/nginx1.workers'
/** nginx and its workers; kept in a file, for the dead have no children. */
const note = 'pgrep -P $(cat /run/servers/nginx1.pid) >/run/servers/nginx1.workers'
const signal = (name: string) => stage.rack.run('nginx1', `${note}; kill -s ${name} $(${pids})`)
const startNginx = () => stage.rack.run('nginx1', 'nginx -e /dev/null -c /run/servers/nginx1.conf')

claim(
  'health-check-takes-it-out',
  'a dead nginx leaves the table within seconds, and a healthy one is back within seconds',
  async ({ figure }) => {
    const { rack } = stage
    await signal('KILL')
    const out = await rack.until('lvs1', `! ${listed}`)
    const meanwhile = await rack.ask(12)
    await startNginx()
    const back = await rack.until('lvs1', listed)
    expect(failed(meanwhile)).toBe(0)
    expect(tally(meanwhile)).toEqual({ nginx2: 12 })
    expect(tally(await rack.ask(12))).toEqual({ nginx1: 6, nginx2: 6 })
    // The default would be a minute. This machine has other things to do, too.
    expect(out).toBeLessThan(6000)
    expect(back).toBeLessThan(6000)
    figure({
      en: `delay_loop 0.5: out after ${seconds(out)} s, back after ${seconds(back)} s`,
      zh: `delay_loop 0.5：${seconds(out)} 秒后离开，恢复后 ${seconds(back)} 秒回来`,
    })
  },
)

claim(
  'tcp-check-believes-a-hung-server',
  'a stopped nginx passes TCP_CHECK, and fails HTTP_GET',
  async ({ figure }) => {
    const { rack } = stage
    const isListed = async () =>
      (await rack.run('lvs1', `${listed} && echo yes || echo no`)) === 'yes'
    const asking = 'tcp[tcpflags] == tcp-syn and src host 192.0.2.2 and dst port 80'
    await start((same) => same.replaceAll(/HTTP_GET \{[^]*?\n {4}\}/g, 'TCP_CHECK {\n    }'))
    await signal('STOP')
    try {
      await rack.run('nginx1', `timeout 20 tcpdump -n -c 6 -i eth0 '${asking}' 2>/dev/null`)
      const believed = await isListed()
      await keepalived.stopAll('lvs1')
      await keepalived.start('lvs1')
      await rack.until('lvs1', listed)
      const ms = await rack.until('lvs1', `! ${listed}`)
      expect(believed).toBe(true)
      figure({
        en: `hung: still in the table after 6 TCP checks; out after ${seconds(ms)} s of HTTP checks`,
        zh: `卡住之后：6 次 TCP 检查，仍在表里；改用 HTTP 检查，${seconds(ms)} 秒后离开`,
      })
    } finally {
      await signal('CONT')
    }
  },
)

claim(
  'nginx-pair-without-lvs',
  'two nginx with keepalived and no director: one is killed, the other has the address',
  async ({ figure }) => {
    const { rack } = stage
    const has = `ip -brief address show dev eth0 | grep -q ${pairVip}/`
    await keepalived.stopAll('lvs1')
    await keepalived.start('nginx1', patient)
    await keepalived.start('nginx2', patient)
    await rack.until('nginx1', has)
    await rack.until('nginx2', `! ${has}`)
    expect(tally(await rack.ask(4, { to: pairVip }))).toEqual({ nginx1: 4 })
    await signal('KILL')
    const ms = await rack.until('nginx2', has)
    await rack.until('nginx1', `! ${has}`)
    const answers = await rack.ask(4, { to: pairVip })
    expect(tally(answers)).toEqual({ nginx2: 4 })
    await startNginx()
    await rack.until('nginx1', has)
    await keepalived.stopAll('nginx1', 'nginx2')
    figure({
      en: `nginx killed: the address had moved after ${seconds(ms)} s`,
      zh: `nginx 被杀：${seconds(ms)} 秒后地址已经搬走`,
    })
  },
)
