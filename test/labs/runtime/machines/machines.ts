import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { docker } from '../../../../labs/runtime/docker/docker-cli.ts'
import type { LabUnderTest } from '../../lab-under-test.ts'

/** Lab 2's machines in the hands of a test, whosever kernel they are in. */
export function handsOn(under: () => LabUnderTest) {
  const runtime = () => under().session.runtime
  return {
    under,
    runtime,
    out: async (machine: string, ...command: string[]) =>
      (await runtime().server(machine).exec(command)).stdout,
    /** Edits the reader's file, and tells what became of the save. */
    save(file: string, change: (text: string) => string) {
      const path = join(under().session.place.work, file)
      writeFileSync(path, change(readFileSync(path, 'utf8')))
      return runtime().apply()
    },
  }
}

/** What must be the same whosever kernel it is. Our solution is in place. */
export function testMachines({ under, runtime, out, save }: ReturnType<typeof handsOn>): void {
  test('what ip refuses is not taken, and the servers run with the old addresses', async () => {
    const wrong = 'adress add 1.2.3.4 dev lo\n'
    const broken = await save('real-server/addresses', (text) => text + wrong)
    expect(broken).toMatchObject({
      outcome: 'broken',
      problems: [{ file: 'real-server/addresses', message: expect.stringContaining('adress') }],
    })
    expect(await out('nginx1', 'ip', '-o', 'addr', 'show', 'lo')).toContain('192.0.2.101/32')
    const states = await runtime().status()
    expect(states.every(({ state }) => state === 'running')).toBe(true)
    await save('real-server/addresses', (text) => text.replace(wrong, ''))
  })

  test('a closed port and an open one: the machine itself goes on', async () => {
    const ask = async (port: number) => {
      const requests = [{ to: 'nginx2', port, path: '/', timeoutMs: 30_000 }]
      return (await runtime().request({ requests }))[0]
    }
    await runtime().server('nginx2').refuse()
    expect((await ask(80))?.failure).toContain('ECONNREFUSED')
    expect(await ask(9100)).toMatchObject({ status: 200 })
    await runtime().server('nginx2').admit()
    expect(await ask(80)).toMatchObject({ status: 200 })
  })

  test('a host that has a machine’s address, too, is not taken for it', async () => {
    const { place } = under().session
    const impostor = `${place.project}-impostor`
    const network = ['--network', `${place.project}_front`, '--cap-add', 'NET_ADMIN']
    const script = 'ip addr add 192.0.2.12/24 dev eth0; exec sleep infinity'
    const image = `${place.imagePrefix}four-tiers-rack:1`
    const run = ['run', '--detach', '--rm', '--init', '--name', impostor, ...network, image]
    expect(await docker(place, [...run, 'sh', '-c', script])).toMatchObject({ exitCode: 0 })
    try {
      // Both answer, and the quicker one would win: not always the same one.
      const ask =
        'ip neigh flush dev eth0; curl -sm 1 http://192.0.2.12/; ip neigh show 192.0.2.12 dev eth0'
      for (let i = 0; i < 10; i++)
        expect(await out('nginx1', 'sh', '-c', ask)).toContain('lladdr 02:00:c0:00:02:0c')
    } finally {
      await docker(place, ['kill', impostor])
    }
  })

  test('a child that outlives its keepalived does not keep the next one from its place', async () => {
    const pidOf = (part: string) => out('lvs2', 'cat', `/run/lvs2/${part}.pid`)
    const child = await pidOf('vrrp')
    // Stopped, it does not hear that its parent has died: as if it had not learned to listen yet.
    await out('lvs2', 'kill', '-STOP', child)
    await out('lvs2', 'kill', '-KILL', await pidOf('keepalived'))
    const lives = async () => {
      const now = await pidOf('vrrp')
      const isThere =
        (
          await runtime()
            .server('lvs2')
            .exec(['test', '-d', `/proc/${now}`])
        ).exitCode === 0
      return now !== '' && now !== child && isThere
    }
    await expect.poll(lives, { timeout: 30_000, interval: 200 }).toBe(true)
  })
}
