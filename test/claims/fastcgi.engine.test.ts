import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'

const conf = new URL('./fastcgi/fastcgi.conf', import.meta.url)
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
