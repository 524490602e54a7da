import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { readerOnEngine, whatIsLeft } from './engine-of-tests.ts'
import type { Reader } from './reader.ts'

/* eslint-disable no-control-regex */
const screen = { opened: /\u001b\[\?1049h/, closed: /\u001b\[\?25h\u001b\[\?1049l/ }
const ctrlC = '\u0003'

let reader: Reader
let engine: Engine
readerOnEngine((given) => ({ reader, engine } = given))

/** util-linux's `script` makes a terminal; elsewhere its options differ. */
const noTerminal = !existsSync('/usr/bin/script') || process.platform !== 'linux'
const left = () => whatIsLeft(engine, reader)

/** Lines are read and echoed again, Ctrl-C is a signal again, the cursor shows. */
function expectTerminalAsBefore(output: string): void {
  const settings = output.slice(output.lastIndexOf('speed '))
  expect(settings).toMatch(/\bisig icanon\b/)
  expect(settings).toMatch(/(?<!-)\becho\b/)
  const [shows, hides] = [output.lastIndexOf('\u001b[?25h'), output.lastIndexOf('\u001b[?25l')]
  expect(shows).toBeGreaterThanOrEqual(hides)
  const [leaves, enters] = [
    output.lastIndexOf('\u001b[?1049l'),
    output.lastIndexOf('\u001b[?1049h'),
  ]
  expect(leaves).toBeGreaterThanOrEqual(enters)
}

test.skipIf(noTerminal)('Ctrl-C while a lab starts gives the terminal back', async () => {
  const lab = reader.startInTerminal(['1'])
  await lab.says(/web1-1 Started/)
  lab.type(ctrlC)
  const { code, stdout } = await lab.ended
  expect(code).toBe(130)
  expectTerminalAsBefore(stdout)
  expect(await left()).toEqual([])
})

test.skipIf(noTerminal)(
  'keys work, another terminal is seen, Ctrl-C gives the terminal back',
  async () => {
    const lab = reader.startInTerminal(['1'])
    await lab.says(screen.opened)
    await lab.says(/web1 and web2/)
    lab.type('h')
    await lab.says(/1\/3 /)
    // A hint that was given on the screen is not given again.
    const asked = await reader.run(['1', 'hint', 'balance', '--json'])
    expect(JSON.parse(asked.stdout)).toMatchObject({ hints: { length: 2 }, of: 3 })
    lab.type('s')
    await lab.says(/npm run lab 1 solution balance/)
    expect((await reader.run(['1', 'break', 'web2', 'pause'])).code).toBe(0)
    await lab.says(/broken: web2 \(pause\); m mends/)
    lab.type(ctrlC)
    const { code, stdout } = await lab.ended
    expect(code).toBe(0)
    expect(stdout).toMatch(screen.closed)
    expectTerminalAsBefore(stdout)
    expect(await left()).toEqual([])
  },
)

test.skipIf(noTerminal)('SIGTERM gives the terminal back, too', async () => {
  const lab = reader.startInTerminal(['1'])
  await lab.says(screen.opened)
  await lab.says(/web1 and web2/)
  expect((await reader.run(['1', 'down'])).code).toBe(0)
  const { code, stdout } = await lab.ended
  expect(code).toBe(130)
  expectTerminalAsBefore(stdout)
  expect(await left()).toEqual([])
})

test.skipIf(noTerminal)('closing the window ends the lab', async () => {
  const lab = reader.startInTerminal(['1'])
  await lab.says(screen.opened)
  process.kill(lab.pid, 'SIGKILL')
  await lab.ended
  await expect.poll(left, { timeout: 60_000, interval: 500 }).toEqual([])
})

test('a reader of the output that has gone (| head) ends the lab', async () => {
  const lab = reader.start(['1', '--json'])
  await lab.says(/"event":"ready"/)
  lab.closeOutput()
  await lab.ended
  expect(await left()).toEqual([])
})

test('after a SIGKILL the next start recovers, and down removes what is left', async () => {
  for (const again of [true, false]) {
    const lab = reader.start(['1', '--json'])
    await lab.after('ready', () => undefined)
    // With a server that is frozen, which does not listen to SIGTERM either.
    expect((await reader.run(['1', 'break', 'web1', 'pause'])).code).toBe(0)
    lab.signal('SIGKILL')
    await lab.ended
    expect((await left()).length).toBeGreaterThan(5)
    if (!again) expect((await reader.run(['1', 'down'])).code).toBe(0)
  }
  expect(await left()).toEqual([])
})
