import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { containerName, docker } from '../../../../labs/runtime/docker/docker-cli.ts'
import { noAlarms } from '../../alarms.ts'
import { labCalled, LabUnderTest } from '../../lab-under-test.ts'
import { handsOn, testMachines } from './machines.ts'

/** Lab 2 where the engine's kernel has no IPVS: its directors bring theirs. */
const lab = labCalled('layer-four')
const solution = join(lab.folder, 'solution')
let under: LabUnderTest
const hands = handsOn(() => under)
const { runtime, out, save } = hands

beforeAll(async () => {
  vi.stubEnv('FOUR_TIERS_KERNEL', 'guest')
  under = await LabUnderTest.open(lab, 'own-kernel')
  expect(await under.answer(solution)).toMatchObject({ outcome: 'applied' })
})
afterAll(() => under?.close())
noAlarms(() => under)

const held = async (machine: string) =>
  (await out(machine, 'ip', '-o', 'addr')).includes('192.0.2.100/')
const settled = (machine: string) =>
  expect.poll(() => held(machine), { timeout: 20_000 }).toBe(true)

test('a director’s container may send raw frames, and has no other right', async () => {
  const { place } = under.session
  const name = containerName(place, 'lvs1')
  const rights = '{{.HostConfig.CapAdd}} {{.HostConfig.CapDrop}} {{.HostConfig.Privileged}}'
  const { stdout } = await docker(place, ['inspect', '--format', rights, name])
  expect(stdout.trim()).toMatch(/^\[(?:CAP_)?NET_RAW\] \[ALL\] false$/)
  const outside = await docker(place, ['exec', name, 'grep', '^CapEff', '/proc/1/status'])
  // Bit 13: capabilities(7).
  expect(outside.stdout).toContain('0000000000002000')
})

test('the kernels inside are their own: another release, and IPVS', async () => {
  const release = (machine: string) => out(machine, 'uname', '-r')
  expect(await release('lvs1')).not.toBe(await release('nginx1'))
  expect(await out('lvs1', 'ipvsadm', '-Sn')).toContain('-A -t 192.0.2.100:80 -s rr')
})

describe('a command in the kernel inside', () => {
  const exec = (...command: string[]) => runtime().server('lvs2').exec(command)

  test('has its words as they are, and tells output, errors and exit code apart', async () => {
    const script = `printf '%s|' "$@"; echo oops >&2; exit 3`
    const words = ["it's", 'two words', '$HOME', '"', '', 'two\nlines', '茶']
    expect(await exec('sh', '-c', script, 'sh', ...words)).toEqual({
      exitCode: 3,
      stdout: `${words.join('|')}|`,
      stderr: 'oops',
    })
  })

  test('may take its time, while others are answered', async () => {
    const slow = exec('sh', '-c', 'until [ -e /tmp/go ]; do sleep 0.05; done; echo at last')
    const quick = await Promise.all(Array.from({ length: 8 }, (_, i) => exec('echo', String(i))))
    expect(quick.map(({ stdout }) => stdout)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    await exec('touch', '/tmp/go')
    expect((await slow).stdout).toBe('at last')
  })

  test('leaves nothing behind', async () => {
    await exec('true')
    const name = containerName(under.session.place, 'lvs2')
    const { stdout } = await docker(under.session.place, ['exec', name, 'ls', '/tmp/kernel'])
    expect(stdout.split('\n').sort()).toEqual(['log', 'ready'])
  })
})

test('the site is reached through the virtual address, from the reader’s own port, too', async () => {
  await settled('lvs1')
  const [answer] = await runtime().request({ requests: [{ path: '/whoami' }] })
  expect(answer?.headers['x-client']).toBe('192.0.2.50')
  const { ports } = under.session.place
  const page = await fetch(`http://127.0.0.1:${ports['FRONT_PORT']}/`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Teahouse')
})

test('a save reaches the kernel’s table without a restart of keepalived', async () => {
  const pid = await out('lvs1', 'cat', '/run/lvs1/keepalived.pid')
  const table = () => out('lvs1', 'ipvsadm', '-Sn')
  for (const [before, after] of [
    [3, 7],
    [7, 4],
  ]) {
    const applied = await save('virtual-servers.conf', (text) =>
      text.replace(`weight ${before}`, `weight ${after}`),
    )
    expect(applied).toMatchObject({ outcome: 'applied', files: ['virtual-servers.conf'] })
    await expect.poll(table, { timeout: 20_000 }).toContain(`-w ${after}`)
  }
  expect(await out('lvs1', 'cat', '/run/lvs1/keepalived.pid')).toBe(pid)
})

test('what keepalived refuses is not taken: the last good files go on', async () => {
  const before = await out('lvs1', 'cat', '/lab/virtual-servers.conf')
  const broken = await save('virtual-servers.conf', (text) =>
    text.replace('lvs_sched rr', 'lvs_shed rr'),
  )
  // What follows from it, a scheduler that is not set, comes after it.
  const cause = { file: 'virtual-servers.conf', line: 6, message: "Unknown keyword 'lvs_shed'" }
  expect(broken).toHaveProperty('outcome', 'broken')
  expect(broken).toHaveProperty('problems.0', expect.objectContaining(cause))
  expect(await out('lvs1', 'cat', '/lab/virtual-servers.conf')).toBe(before)
  await save('virtual-servers.conf', (text) => text.replace('lvs_shed', 'lvs_sched'))
})

test('a script that keepalived would not run is told, and not taken', async () => {
  const file = 'lvs1/keepalived.conf'
  const withScript = (path: string) => (text: string) =>
    text
      .replace('global_defs {', 'global_defs {\n    enable_script_security\n    script_user root')
      .replace('include', `vrrp_script look {\n    script "${path} -c true"\n}\ninclude`)
      .replace('advert_int 0.1', 'advert_int 0.1\n    track_script {\n        look\n    }')
  const before = await out('lvs1', 'cat', `/lab/${file}`)
  expect(await save(file, withScript('/bin/bash'))).toMatchObject({
    outcome: 'broken',
    problems: [
      {
        file,
        line: expect.any(Number),
        message: expect.stringContaining('Disabling track script look'),
      },
    ],
  })
  expect(await out('lvs1', 'cat', `/lab/${file}`)).toBe(before)
  expect(await save(file, () => withScript('/usr/bin/bash')(before))).toMatchObject({
    outcome: 'applied',
  })
  await save(file, () => before)
})

test('a kernel that has stopped is started again, and the check is told', async () => {
  const { place } = under.session
  const stop = 'kill -STOP "$(pgrep -o linux.uml)"'
  await docker(place, ['exec', containerName(place, 'lvs2'), 'sh', '-c', stop])
  const { server } = runtime()
  await expect(server('lvs2').exec(['true'])).rejects.toThrow(/kernel of lvs2 had stopped/)
  expect(await server('lvs2').exec(['cat', '/proc/loadavg'])).toMatchObject({ exitCode: 0 })
})

testMachines(hands)

test.each(['nginx1', 'lvs2'])('every way to break %s has its way back', async (name) => {
  const state = async () =>
    (await runtime().status()).find(({ service }) => service === name)?.state
  for (const [how, back, seen] of [
    ['kill', 'start', 'exited'],
    ['stop', 'start', 'exited'],
    ['crash', 'start', 'exited'],
    ['pause', 'resume', 'paused'],
    ['cut', 'mend', 'running'],
    ['refuse', 'admit', 'running'],
  ] as const) {
    await runtime().server(name)[how]()
    // The engine's list may follow a moment later.
    await expect.poll(state, { timeout: 10_000, message: how }).toBe(seen)
    await runtime().server(name)[back]()
    await expect.poll(state, { timeout: 10_000, message: back }).toBe('running')
  }
})

test('the address moves when lvs1 loses its power, and comes back with it', async () => {
  await settled('lvs1')
  await runtime().server('lvs1').kill()
  await settled('lvs2')
  await runtime().server('lvs1').start()
  await settled('lvs1')
})

test('a director that is stopped says goodbye', async () => {
  await settled('lvs1')
  await runtime().server('lvs1').stop()
  // At the end it tells the others to go on at once: RFC 9568, 6.4.3.
  expect(await runtime().server('lvs1').logs(50)).toContain('Stopped Keepalived')
  expect(await held('lvs2')).toBe(true)
  await runtime().server('lvs1').start()
  await settled('lvs1')
})

test('two labs of this kind run on one engine, each with the same addresses', async () => {
  const other = await LabUnderTest.open(lab, 'own-kernel-too')
  try {
    await other.answer(solution)
    const [answer] = await other.session.runtime.request({
      requests: [{ to: 'nginx1', path: '/alive' }],
    })
    expect(answer?.status).toBe(200)
  } finally {
    await other.close()
  }
})

test('the last words of a machine can be read', async () => {
  expect(await runtime().server('lvs1').logs(500)).toContain('(FRONT) Entering')
})
