import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { seen } from './tally.ts'

const conf = new URL('./nginx/uri.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1'])
const { claim } = stage

/** The path that the application sees for each path that a reader asks for. */
async function arriving(...paths: readonly string[]) {
  const answers = await stage.balancer.askAll(paths.map((path) => ({ port: 8001, path })))
  return Object.fromEntries(answers.map((answer, index) => [paths[index], seen(answer).url]))
}
function both(found: Readonly<Record<string, string>>) {
  const listed = Object.entries(found).map(([path, url]) => `${path} → ${url}`)
  return { en: listed.join(', '), zh: listed.join('，') }
}

claim(
  'proxy-pass-uri-replaces-prefix',
  'a path in proxy_pass takes the place of what the location has matched',
  async ({ figure }) => {
    const found = await arriving('/shop/tea?sort=price')
    expect(found).toEqual({ '/shop/tea?sort=price': '/store/tea?sort=price' })
    // Without one, the path goes on as it came.
    expect(await arriving('/forum/tea')).toEqual({ '/forum/tea': '/forum/tea' })
    figure(both(found))
  },
)

claim(
  'proxy-pass-slash-doubles',
  'a location without a final slash and a proxy_pass with one: a double slash, and a stranger let in',
  async ({ figure }) => {
    const found = await arriving('/chat/tea', '/chatroom')
    expect(found).toEqual({ '/chat/tea': '//tea', '/chatroom': '/room' })
    figure(both(found))
  },
)

claim(
  'proxy-pass-variable-loses-the-path',
  'with a variable in proxy_pass its path is sent as it stands, whatever was asked for',
  async ({ figure }) => {
    const found = await arriving('/news/today', '/news/2016/tea')
    expect(found).toEqual({ '/news/today': '/store/', '/news/2016/tea': '/store/' })
    // With a variable and no path, all is well.
    expect(await arriving('/blog/tea')).toEqual({ '/blog/tea': '/blog/tea' })
    figure(both(found))
  },
)
