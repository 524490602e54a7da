import { expect, test } from 'vitest'
import type { Kernel, Place } from '../../../../labs/runtime/docker/place.ts'
import { handles } from '../../../../labs/runtime/machines/handles.ts'
import type { Server } from '../../../../labs/runtime/server.ts'

const lab = {
  number: 11,
  ipvs: { servers: ['lvs1', 'lvs2'], engine: 'compose.ipvs.yaml' },
  machines: ['lvs1', 'nginx1'],
}

/** A lab with a director that is a machine, one that is not, a machine, and a plain container. */
function labOn(kernel: Kernel) {
  const asked: string[] = []
  const note = (name: string, verb: string) => async () => void asked.push(`${name} ${verb}`)
  const plain = (name: string) =>
    ({
      exec: async (command: readonly string[]) => {
        asked.push(`${name}: ${command.join(' ')}`)
        return { exitCode: 0, stdout: '', stderr: '' }
      },
      start: note(name, 'start'),
      cut: note(name, 'cut'),
      kill: note(name, 'kill'),
      refuse: note(name, 'refuse'),
    }) as unknown as Server
  const place = { lab, kernel } as unknown as Place
  return { asked, server: handles(place, async () => void asked.push('served'), plain) }
}
const inside = 'sh /runtime/director/ask.sh'

test('kinds of servers stand side by side: each is cut off in its own way', async () => {
  const { asked, server } = labOn('guest')
  for (const name of ['lvs1', 'lvs2', 'nginx1', 'redis']) await server(name).cut()
  expect(asked).toEqual([
    `lvs1: ${inside} sh /runtime/machines/cable.sh cut`,
    'lvs2 cut',
    'nginx1: sh /runtime/machines/cable.sh cut',
    'redis cut',
  ])
})

test('where the engine’s kernel has IPVS, nobody brings one', async () => {
  const { asked, server } = labOn('engine')
  await server('lvs1').exec(['ipvsadm', '-Ln'])
  await server('lvs1').refuse()
  expect(asked).toEqual(['lvs1: ipvsadm -Ln', 'lvs1: sh /runtime/machines/program.sh off'])
})

test('a kernel that is a guest loses its power with its container; commands run inside', async () => {
  const { asked, server } = labOn('guest')
  await server('lvs2').kill()
  await server('lvs2').exec(['ipvsadm', '-Ln'])
  expect(asked).toEqual(['lvs2 kill', `lvs2: ${inside} ipvsadm -Ln`])
})

test('a machine that starts is waited for until the site is served', async () => {
  const { asked, server } = labOn('guest')
  await server('nginx1').start()
  await server('redis').start()
  expect(asked).toEqual(['nginx1 start', 'served', 'redis start'])
})

const failing = (kernel: Kernel, stderr: string) =>
  handles(
    { lab, kernel } as unknown as Place,
    async () => {},
    () =>
      ({
        start: async () => {},
        exec: async () => ({ exitCode: 2, stdout: '', stderr }),
      }) as unknown as Server,
  )

test('a machine’s cables are pulled all at once, or not at all', async () => {
  const { asked, server } = labOn('engine')
  await expect(server('nginx1').split()).rejects.toThrow(/nginx1 is a machine/)
  expect(asked).toEqual([])
})

test('cables that cannot be pulled are the environment’s fault, and named', async () => {
  const { cut } = failing('engine', 'tc: no such card')('nginx1')
  await expect(cut()).rejects.toThrow(/cables of nginx1: tc: no such card/)
})

test('so is a kernel that does not come up', async () => {
  const { start } = failing('guest', 'no memory')('lvs2')
  await expect(start()).rejects.toThrow(/kernel of lvs2 does not come up: no memory/)
})
