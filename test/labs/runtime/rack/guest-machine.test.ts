import { expect, test } from 'vitest'
import type { Place } from '../../../../labs/runtime/docker/place.ts'
import { type Ask, guestMachine } from '../../../../labs/runtime/rack/guest-machine.ts'

/** A machine of a guest kernel that does all that it is asked. */
function machine() {
  const asked: unknown[] = []
  const ask = (async (path: string, wanted: unknown) => void asked.push([path, wanted])) as Ask
  const served = async () => void asked.push('served')
  const place = { lab: { machines: { program: ['sh', '/switch'] } } } as unknown as Place
  return { asked, handle: guestMachine(place, 'lvs1', ask, served) }
}

test('a machine that starts is waited for until the site is served', async () => {
  const { asked, handle } = machine()
  await handle.restart()
  expect(asked).toEqual([['/kill', 'lvs1'], ['/start', 'lvs1'], 'served'])
})

test('its port is closed by the switch that the lab names for its program', async () => {
  const { asked, handle } = machine()
  await handle.refuse()
  await handle.admit()
  const turned = (what: string) => ['/exec', { machine: 'lvs1', command: ['sh', '/switch', what] }]
  expect(asked).toEqual([turned('off'), turned('on'), 'served'])
})

test('a frozen machine and a hanging one are the same to a kernel without Docker', async () => {
  const { asked, handle } = machine()
  await handle.hang()
  await handle.wake()
  expect(asked).toEqual([
    ['/pause', 'lvs1'],
    ['/resume', 'lvs1'],
  ])
})

test('what only a container tells is refused by name, and nothing is asked', async () => {
  const { asked, handle } = machine()
  await expect(handle.waitForEnd(10)).rejects.toThrow(/lvs1 .* exit code/)
  await expect(handle.askToEnd()).rejects.toThrow(/lvs1/)
  expect(asked).toEqual([])
})
