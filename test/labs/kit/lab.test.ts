import { expect, test } from 'vitest'
import { LabHandle } from '../../../labs/kit/lab.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import type { LabRequest, Runtime } from '../../../labs/runtime/runtime.ts'
import { labCalled } from '../lab-under-test.ts'

/** A handle whose requests go nowhere but into this list. */
function recorded() {
  const sent: LabRequest[] = []
  const answer = { status: 200, headers: {}, cookies: [], body: '', ms: 1 }
  const runtime = {
    request({ requests }: { requests: readonly LabRequest[] }) {
      sent.push(...requests)
      return Promise.resolve(requests.map(() => answer))
    },
    hold: (request: LabRequest) => Promise.resolve(sent.push(request)),
    server: () => ({ stop: () => Promise.resolve(), cpus: () => Promise.resolve(1) }),
    status: () => Promise.resolve([{ service: 'web1', state: 'running' }]),
  } as unknown as Runtime
  const place = { lab: labCalled('cache-tier'), ports: {}, project: 'tea' } as unknown as Place
  const lab = new LabHandle(
    () => place,
    () => runtime as never,
  )
  return { lab, hosts: () => sent.map(({ headers }) => headers?.host) }
}

test('whichever server a request is sent to, it asks for the site by its own name', async () => {
  const { lab, hosts } = recorded()
  await lab.request('/')
  await lab.request('/', { to: 'varnish' })
  await lab.requests(2, '/', { to: 'web1', port: 3000 })
  await lab.send([{ path: '/' }, { path: '/', to: 'varnish' }])
  await lab.hold('/signin', { to: 'web1', method: 'POST', body: 'name=ada' })
  await lab.signIn('ada', { to: 'web1' })
  await lab.untilAnswered('/')
  expect(hosts()).toEqual(Array.from({ length: 9 }, () => 'teahouse.test'))
})

test('a check may ask for another name', async () => {
  const { lab, hosts } = recorded()
  const other = { headers: { host: 'other.test' } }
  await lab.request('/', other)
  await lab.send([{ path: '/', to: 'varnish', ...other }])
  await lab.hold('/', other)
  expect(hosts()).toEqual(Array.from({ length: 3 }, () => 'other.test'))
})

test('a reader is shown each request once, until something else is done to a server', async () => {
  const { lab } = recorded()
  lab.begin()
  for (const path of ['/', '/me', '/', '/me']) await lab.request(path)
  await lab.stop('web1')
  await lab.requests(3, '/')
  await lab.requests(5, '/')
  expect(lab.trace.map((line) => line.replace(/ -H '[^']*'/, ''))).toEqual([
    expect.stringContaining('curl -si http://edge:80/'),
    expect.stringContaining('curl -si http://edge:80/me'),
    'npm run lab 3 break web1 stop',
    expect.stringContaining('for i in $(seq 3); do curl -s http://edge:80/'),
  ])
})

test('how to see for oneself that a server is missing, and what it was given', async () => {
  const { lab } = recorded()
  lab.begin()
  await lab.running(['web1'])
  expect(lab.trace).toEqual([])
  expect(await lab.running(['web1', 'web3'])).toEqual(['web1'])
  await lab.cpus('web1')
  expect(lab.trace).toEqual([
    'docker ps --all --filter label=com.docker.compose.project=tea',
    "docker inspect --format '{{.HostConfig.NanoCpus}}' tea-web1-1",
  ])
})

test('who revives servers lets the proxies forget that they were down, even if one cannot come up', async () => {
  const done: string[] = []
  const runtime = {
    server: (name: string) => ({
      restart: () => (
        done.push(name),
        name === 'web2' ? Promise.reject(new Error('no')) : Promise.resolve()
      ),
    }),
    refresh: () => Promise.resolve(done.push('refresh')),
  } as unknown as Runtime
  const lab = new LabHandle(
    () => ({ lab: labCalled('one-redis') }) as unknown as Place,
    () => runtime as never,
  )
  await lab.revive(['web2', 'web1'])
  expect(done).toEqual(['web2', 'web1', 'refresh'])
})
