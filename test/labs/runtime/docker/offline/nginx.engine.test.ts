import './one-at-a-time.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, untilLogged, type Container, type Env } from '../../../../real/container.ts'
import { files, type Files } from '../../../../real/mounted.ts'
import { engineWith } from './ready-engine.ts'

const IMAGE = 'four-tiers/nginx:1.26'
let engine: PrivateEngine
let env: Env
const made: (Container | Files)[] = []

beforeAll(async () => {
  engine = await engineWith('nginx:1.26')
  env = engine.env
})
afterEach(async () => {
  for (const thing of made.splice(0)) await thing.remove()
})
afterAll(() => engine.stop())

async function nginx(mounts: string[] = [], more: string[] = []): Promise<Container> {
  const container = await start(env, '--publish', '127.0.0.1::80', ...mounts, IMAGE, ...more)
  made.push(container)
  await untilLogged(env, container, 'start worker process ')
  return container
}
async function mounted(texts: Record<string, string>): Promise<Files> {
  const all = await files(texts)
  made.push(all)
  return all
}
const address = async ({ id }: Container): Promise<string> =>
  `http://${await docker(env, 'port', id, '80')}`
const get = async (container: Container, path = '/'): Promise<string> =>
  (await fetch((await address(container)) + path)).text()

test('without any configuration it serves its welcome page on port 80', async () => {
  expect(await get(await nginx())).toContain('Welcome to nginx!')
})

test('workers run as the user nginx, 101, and the master as root', async () => {
  const container = await nginx()
  const users = await docker(env, 'top', container.id, '-eo', 'uid,pid,args')
  expect(users).toMatch(/^\s*0\s+\d+\s+nginx: master process/m)
  expect(users).toMatch(/^\s*101\s+\d+\s+nginx: worker process/m)
  expect(await container.exec('id', 'nginx')).toBe(
    'uid=101(nginx) gid=101(nginx) groups=101(nginx)',
  )
})

test('nothing of Debian’s own arrangement is there for a lab to lean on', async () => {
  const container = await nginx()
  expect((await container.exec('ls', '/etc/nginx')).split('\n')).toEqual([
    'conf.d',
    'fastcgi_params',
    'mime.types',
    'modules',
    'nginx.conf',
    'scgi_params',
    'uwsgi_params',
  ])
  expect(await container.exec('ls', '/etc/nginx/conf.d')).toBe('default.conf')
  expect(
    await container.exec(
      'sh',
      '-c',
      'for name in curl envsubst ip ss wget vim python3; do command -v $name; done; :',
    ),
  ).toBe('/usr/bin/curl\n/usr/bin/envsubst')
})

test('requests and errors are in the container’s log', async () => {
  const container = await nginx()
  await get(container, '/no-such-page')
  const logs = await container.logs()
  expect(logs).toMatch(/"GET \/no-such-page HTTP\/1\.1" 404 /)
  expect(logs).toMatch(/\[error\].*no-such-page.* failed \(2: No such file/)
})

test('a template gets the container’s variables, and keeps those of nginx', async () => {
  const template = 'server { listen 80; return 200 "${GREETING} from $host$uri\n"; }\n'
  const { at } = await mounted({ 'default.conf.template': template })
  const container = await nginx([...at('/etc/nginx/templates'), '--env', 'GREETING=hello'])
  expect(await get(container, '/there')).toBe('hello from 127.0.0.1/there\n')
})

test('programs in /docker-entrypoint.d run before nginx, in order, if they may be run', async () => {
  const { at } = await mounted({
    '50-second.sh': '#!/bin/sh\necho second >>/tmp/order; echo "$FROM_ENVSH" >>/tmp/order',
    '40-first.envsh': '#!/bin/sh\nexport FROM_ENVSH=first',
    '60-not-executable.sh': 'echo third >>/tmp/order',
  })
  const mounts = ['50-second.sh', '40-first.envsh', '60-not-executable.sh'].flatMap((name) =>
    at(`/docker-entrypoint.d/${name}`, name),
  )
  const container = await nginx(mounts)
  expect(await container.exec('cat', '/tmp/order')).toBe('second\nfirst')
  expect(await container.logs()).toContain('Ignoring /docker-entrypoint.d/60-not-executable.sh')
})

test('docker stop lets answers under way come to their end', async () => {
  const { at } = await mounted({
    'default.conf': 'server { listen 80; root /big; limit_rate 200k; }',
    'big/file': 'x'.repeat(400_000),
  })
  const container = await nginx([
    ...at('/etc/nginx/conf.d/default.conf', 'default.conf'),
    ...at('/big', 'big'),
  ])
  const answer = await fetch(`${await address(container)}/file`)
  const [body] = await Promise.all([answer.text(), docker(env, 'stop', container.id)])
  expect(body).toHaveLength(400_000)
  expect(await container.inspect('{{.State.ExitCode}}')).toBe('0')
})

test('a changed configuration is taken up by nginx -s reload and by SIGHUP', async () => {
  const container = await nginx()
  const answering = (text: string): Promise<string> =>
    container.exec(
      'sh',
      '-c',
      `echo 'server { listen 80; return 200 ${text}; }' >/etc/nginx/conf.d/default.conf`,
    )
  const until = async (text: string): Promise<void> => {
    // A worker that ends closes the connections that are kept alive, one of ours perhaps.
    while ((await get(container).catch(() => '')) !== text);
  }
  await answering('one')
  await container.exec('nginx', '-s', 'reload')
  await until('one')
  await answering('two')
  await docker(env, 'kill', '--signal', 'HUP', container.id)
  await until('two')
})

test('the stream module is built in, as far as a configuration can tell', async () => {
  const { at } = await mounted({
    'nginx.conf': 'events {} stream { server { listen 80; return "by stream\\n"; } }',
  })
  const container = await start(env, ...at('/etc/nginx/nginx.conf', 'nginx.conf'), IMAGE)
  made.push(container)
  expect(await container.exec('nginx', '-t').catch((error: Error) => error.message)).toBe('')
  expect(await container.exec('sh', '-c', 'curl --http0.9 -s http://127.0.0.1 || :')).toBe(
    'by stream',
  )
})

test('directives given with -g are heeded, and a relative path begins at /etc/nginx', async () => {
  const container = await nginx([], ['nginx', '-g', 'daemon off; worker_priority 5;'])
  const workers = await docker(env, 'top', container.id, '-eo', 'pid,nice,args')
  expect(workers).toMatch(/^\s*\d+\s+5\s+nginx: worker process/m)
  await container.exec(
    'sh',
    '-c',
    'mkdir /etc/nginx/pages && echo relative >/etc/nginx/pages/index.html',
  )
  await container.exec(
    'sh',
    '-c',
    `echo 'server { listen 80; root pages; }' >/etc/nginx/conf.d/default.conf`,
  )
  await container.exec('nginx', '-s', 'reload')
  while ((await get(container)) !== 'relative\n');
})

test('a wrong configuration ends the container, with nginx’s own words in the log', async () => {
  const { at } = await mounted({ 'default.conf': 'server { lissen 80; }' })
  const container = await start(env, ...at('/etc/nginx/conf.d'), IMAGE)
  made.push(container)
  expect(await docker(env, 'wait', container.id)).toBe('1')
  expect(await container.logs()).toContain('[emerg] 1#1: unknown directive "lissen"')
})

test('another program than nginx is run as it stands', async () => {
  expect(await docker(env, 'run', '--rm', IMAGE, 'echo', 'as it stands')).toBe('as it stands')
})
