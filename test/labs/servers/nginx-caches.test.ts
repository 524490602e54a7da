import { describe, expect, test } from 'vitest'
import { cacheFolders } from '../../../labs/servers/nginx/cache-folders.ts'
import { kind } from '../../../labs/servers/nginx.ts'
import type { ExecResult, World } from '../../../labs/servers/kind/world.ts'

const version = `nginx version: nginx/1.26.3
configure arguments: --prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf --with-cc-opt='-O2 -g'
`
const dump = (http: string, started = '') =>
  `${version}${started}# configuration file /etc/nginx/nginx.conf:
events {}
http {
    include /etc/nginx/conf.d/*.conf;
}

# configuration file /etc/nginx/conf.d/site.conf:
${http}
server { listen 80; }
`
const zone = 'keys_zone=pages:1m;'

describe('where nginx keeps its copies', () => {
  test.each([
    ['in a bare word', `proxy_cache_path /var/cache/pages ${zone}`, ['/var/cache/pages']],
    ['in quotes', `proxy_cache_path "/var/cache/my pages" ${zone}`, ['/var/cache/my pages']],
    ['on the next line', `proxy_cache_path\n  '/var/cache/pages'\n  ${zone}`, ['/var/cache/pages']],
    ['behind another directive', `gzip on; proxy_cache_path /a ${zone}`, ['/a']],
    ['below the place of nginx', `proxy_cache_path pages ${zone}`, ['/usr/share/nginx/pages']],
    [
      'for two kinds of server',
      `proxy_cache_path /a ${zone} fastcgi_cache_path /b ${zone}`,
      ['/a', '/b'],
    ],
    ['nowhere, in a comment', `# proxy_cache_path /a ${zone}`, []],
    ['nowhere, as the value of another', `set_by proxy_cache_path /a;`, []],
  ])('is read %s', (_, http, folders) => {
    expect(cacheFolders(dump(http))).toEqual(folders)
  })
})

test('a folder below the place where nginx was told to look when it was started', () => {
  const started = 'nginx: master process nginx -p /etc/nginx/ -g daemon off; \n'
  expect(cacheFolders(dump(`proxy_cache_path pages ${zone}`, started))).toEqual([
    '/etc/nginx/pages',
  ])
})

/** A server that answers so when it is asked, and notes what else it is told. */
function told(answer: Partial<ExecResult>) {
  const commands: (readonly string[])[] = []
  const world = {
    exec(_: string, command: readonly string[]) {
      commands.push(command)
      const result = { exitCode: 0, stdout: '', stderr: '' }
      return Promise.resolve(commands.length === 1 ? { ...result, ...answer } : result)
    },
  } as unknown as World
  const change = { by: 'nginx' as const, files: 'edge/', service: 'edge', at: '/etc/nginx/conf.d' }
  return { commands, empty: () => kind.emptyCache!(world, change) }
}

test('an emptied cache has its folders, and keeps no file in them', async () => {
  const { commands, empty } = told({ stdout: dump(`proxy_cache_path "/my pages" ${zone}`) })
  await empty()
  expect(commands[1]).toEqual(['find', '/my pages', '-type', 'f', '-delete'])
})

test('without a cache nothing is deleted anywhere', async () => {
  const { commands, empty } = told({ stdout: dump('') })
  await empty()
  expect(commands).toHaveLength(1)
})

test('what nginx cannot say is no empty cache', async () => {
  const { empty } = told({ exitCode: 1, stderr: 'no nginx' })
  expect(await empty()).toMatchObject({ exitCode: 1, stderr: 'no nginx' })
})
