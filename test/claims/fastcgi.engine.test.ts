import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { crewMount } from './crew/foreman.ts'
import { openStage } from './stage.ts'

const conf = new URL('./fastcgi/fastcgi.conf', import.meta.url)
/** Beside nginx, started by the claim that needs it. */
const whichScript = new URL('./fastcgi/which-script.mts', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['tea-counter'])
const { claim } = stage

claim(
  'fastcgi-answers',
  'with fastcgi_pass nginx turns an HTTP request into FastCGI parameters for the application',
  async ({ figure }) => {
    const answer = await stage.balancer.ask({ port: 8001, path: '/cups?n=3' })
    const text = answer.body.trim()
    expect([answer.status, text]).toEqual([200, 'GET /cups?n=3'])
    figure({
      en: `the responder was given REQUEST_METHOD and REQUEST_URI: ${text}`,
      zh: `应答程序收到 REQUEST_METHOD 和 REQUEST_URI：${text}`,
    })
  },
)

claim(
  'fastcgi-needs-the-script',
  'fastcgi_params does not say which script to run: without SCRIPT_FILENAME nobody is told',
  async ({ figure }) => {
    const { balancer, containers } = stage
    const program = `/claims/fastcgi/${whichScript.pathname.split('/').pop()}`
    const place = ['--init', '--network', `container:${balancer.id}`, ...crewMount]
    const node = ['node', '--disable-warning=ExperimentalWarning', program]
    const id = await containers.run(...place, containers.image('node:22-slim'), ...node)
    await containers.untilSays(id, 'listening')
    const ask = (port: number) => balancer.ask({ port, path: '/menu.php?page=2' })
    const [without, told] = [await ask(8002), await ask(8003)]
    expect([without.body, told.body]).toEqual(['', '/srv/app/menu.php'])
    figure({
      en: `/menu.php with fastcgi_params alone: the script is “${without.body}”; with SCRIPT_FILENAME: ${told.body}`,
      zh: `/menu.php，只有 fastcgi_params：脚本是“${without.body}”；加上 SCRIPT_FILENAME：${told.body}`,
    })
  },
)
