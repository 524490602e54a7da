import { expect } from 'vitest'
import type { Drawable } from '../../.vitepress/book/measured.ts'
import type { Figure } from './claim.ts'
import { drawn } from './drawn.ts'
import { entryBytes, prepareDoors, runDoors } from './price.ts'
import { openRack } from './rack.ts'

const stage = openRack(import.meta.url, prepareDoors)
const { claim } = stage

claim(
  'ipvs-entry-is-small',
  'the kernel itself says how much a connection takes: less than half a kilobyte',
  async ({ figure }) => {
    const bytes = await entryBytes(stage.rack)
    expect(bytes).toBeLessThan(512)
    figure({ en: `${bytes} bytes a connection`, zh: `每条连接 ${bytes} 字节` })
  },
)

claim(
  'ipvs-costs-less-than-nginx',
  'what IPVS adds to a connection is less than a tenth of what nginx adds',
  async ({ figure }) => {
    const runs = await runDoors(stage.rack, 600)
    const straight = runs.straight.cpuMs * 1000
    const byIpvs = runs.ipvs.cpuMs * 1000 - straight
    const byNginx = runs.nginx.cpuMs * 1000 - straight
    expect(byNginx).toBeGreaterThan(0)
    expect(byIpvs).toBeLessThan(byNginx / 10)
    const [en, zh] = [byIpvs, byNginx].map((us) => `${Math.max(1, Math.round(us))}`) as [
      string,
      string,
    ]
    const measured: Figure & Drawable = {
      ways: [runs.straight, runs.ipvs, runs.nginx].map(drawn),
      en: `a connection straight to the server: ${Math.round(straight)} µs; IPVS adds ${en} µs, nginx ${zh} µs (one processor, User-Mode Linux)`,
      zh: `直接连服务器：${Math.round(straight)} µs；IPVS 多花 ${en} µs，nginx 多花 ${zh} µs（一个处理器，User-Mode Linux）`,
    }
    figure(measured)
  },
)
