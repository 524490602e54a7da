import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { servedBy } from './tally.ts'

const conf = new URL('./nginx/static.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1'])
const { claim } = stage

const get = (port: number, path: string) => stage.balancer.ask({ port, path })
/** The status of each path, on the server at this port. */
async function statuses(port: number, ...paths: readonly string[]) {
  const answers = await stage.balancer.askAll(paths.map((path) => ({ port, path })))
  return Object.fromEntries(answers.map(({ status }, index) => [paths[index], status]))
}
const listed = (found: Readonly<Record<string, number>>) =>
  Object.entries(found).map(([path, status]) => `${path} ${status}`)
const both = (found: Readonly<Record<string, number>>) => ({
  en: listed(found).join(', '),
  zh: listed(found).join('，'),
})

const password = 'for nobody to read'

claim(
  'query-string-never-matches',
  'nginx chooses location and file without looking at the query string',
  async ({ figure }) => {
    const found = await statuses(8001, '/public/name.js', '/public/name.js?v=1')
    expect(found).toEqual({ '/public/name.js': 200, '/public/name.js?v=1': 200 })
    figure(both(found))
  },
)

claim(
  'regex-beats-prefix',
  'a regular expression that matches beats every plain prefix, and looks for the file in its own root',
  async ({ figure }) => {
    const found = await statuses(8004, '/public/name.js', '/public/name.js?v=1', '/public/logo.svg')
    // The prefix does answer what the regular expression leaves to it.
    expect(found).toEqual({
      '/public/name.js': 404,
      '/public/name.js?v=1': 404,
      '/public/logo.svg': 200,
    })
    figure(both(found))
  },
)

claim(
  'regex-shadows-app-routes',
  'a regular expression for file endings takes away routes of the application too',
  async ({ figure }) => {
    const behind = await get(8005, '/robots')
    const found = await statuses(8005, '/robots.txt', '/api/report.txt')
    expect([behind.status, servedBy(behind)]).toEqual([200, 'web1'])
    expect(found).toEqual({ '/robots.txt': 404, '/api/report.txt': 404 })
    figure(both(found))
  },
)

claim(
  'caret-tilde-ends-the-search',
  'with ^~ the longest prefix has the last word, and no regular expression is tried',
  async ({ figure }) => {
    const path = '/public/name.js'
    const [plain, caret] = [await get(8004, path), await get(8005, path)]
    expect([plain.status, caret.status]).toEqual([404, 200])
    figure({
      en: `${path}: ${plain.status} with the plain prefix, ${caret.status} with ^~`,
      zh: `${path}：普通前缀 ${plain.status}，加上 ^~ 是 ${caret.status}`,
    })
  },
)

claim(
  'alias-without-slash-leaks',
  'a location without a final slash before an alias with one lets a reader climb out of the folder',
  async ({ figure }) => {
    const stolen = await get(8002, '/public../config.js')
    expect(stolen.body).toContain(password)
    const found = await statuses(8002, '/public../config.js', '/public../.env')
    expect(found).toEqual({ '/public../config.js': 200, '/public../.env': 200 })
    figure(both(found))
  },
)

claim(
  'alias-slash-on-neither-leaks-neighbours',
  'with a slash on neither, folders whose names begin the same are served too',
  async ({ figure }) => {
    const found = await statuses(8003, '/public-drafts/plan.txt', '/public../config.js')
    expect(found).toEqual({ '/public-drafts/plan.txt': 200, '/public../config.js': 404 })
    figure(both(found))
  },
)

claim(
  'alias-slash-on-both-is-right',
  'with a slash on both, only the folder is served',
  async ({ figure }) => {
    const found = await statuses(
      8001,
      '/public/name.js',
      '/public',
      '/public../config.js',
      '/public-drafts/plan.txt',
    )
    expect(found).toEqual({
      '/public/name.js': 200,
      '/public': 404,
      '/public../config.js': 404,
      '/public-drafts/plan.txt': 404,
    })
    figure(both(found))
  },
)

claim(
  'regex-is-case-sensitive',
  '~ minds upper and lower case, ~* does not',
  async ({ figure }) => {
    const who = async (path: string) => (await get(8006, path)).body
    const answers = [
      await who('/a.js'),
      await who('/a.JS'),
      await who('/a.css'),
      await who('/a.CSS'),
    ]
    expect(answers).toEqual(['~', 'prefix', '~*', '~*'])
    figure({
      en: '~ \\.js$ takes /a.js and leaves /a.JS; ~* \\.css$ takes /a.css and /a.CSS',
      zh: '~ \\.js$ 匹配 /a.js，不匹配 /a.JS；~* \\.css$ 两种写法都匹配',
    })
  },
)

claim(
  'outer-regex-beats-nested-prefix',
  'a regular expression outside beats a prefix nested inside another, even with ^~',
  async ({ figure }) => {
    const who = async (path: string) => (await get(8007, path)).body
    expect(await who('/public/img/logo.png')).toBe('nested ^~ prefix')
    const winner = await who('/public/img/logo.svg')
    expect(winner).toBe('outer regex')
    figure({
      en: `/public/img/logo.svg was answered by the ${winner}`,
      zh: '/public/img/logo.svg 由外层的正则表达式应答',
    })
  },
)
