import { expect } from 'vitest'
import { type Edit, Keepalived, prepareServers } from './keepalived.ts'
import { openRack } from './rack.ts'

const stage = openRack(import.meta.url, async (rack) => {
  await prepareServers(rack)
  keepalived = new Keepalived(rack)
})
const { claim } = stage
let keepalived: Keepalived

/** The first question at once, not at some moment within the first pause. */
const prompt: Edit = (same) => same.replace(/^( *)(delay_loop .*)$/m, '$1$2\n$1warmup 0')
const bare: Edit = (same) => prompt(same).replace(/^ *delay_loop .*\n/m, '')

/** From one question to a healthy server until the next, in seconds, on the server's own clock. */
async function pause(edit: Edit): Promise<number> {
  await keepalived.stopAll('lvs1')
  const asking = 'tcp[tcpflags] == tcp-syn and src host 192.0.2.2 and dst port 80'
  const watch = `timeout 150 tcpdump -l -n -tt -c 2 -i eth0 '${asking}' 2>/dev/null`
  // Longer than a command may usually take: two pauses of a minute, should it come to that.
  const heard = stage.rack.guest.exec('nginx1', ['sh', '-c', watch], '', 170_000)
  await keepalived.start('lvs1', edit)
  const { stdout } = await heard
  const [first, second] = stdout.split('\n').map((line) => Number(line.split(' ')[0]))
  return second! - first!
}

claim(
  'health-checks-are-a-minute-apart',
  'without delay_loop keepalived asks a server once a minute; with it, as often as it says',
  async ({ figure }) => {
    const [said, unsaid] = [await pause(prompt), await pause(bare)]
    await keepalived.stopAll('lvs1')
    expect(said).toBeGreaterThan(0.4)
    expect(said).toBeLessThan(5)
    expect(unsaid).toBeGreaterThan(55)
    expect(unsaid).toBeLessThan(70)
    figure({
      en: `from one question to the next: ${said.toFixed(1)} s with delay_loop 0.5, ${unsaid.toFixed(1)} s without`,
      zh: `两次询问之间：写了 delay_loop 0.5 是 ${said.toFixed(1)} 秒，不写是 ${unsaid.toFixed(1)} 秒`,
    })
  },
)
