import { expect, test } from 'vitest'
import { kind } from '../../../labs/servers/keepalived.ts'
import { disabledScripts, parseLog } from '../../../labs/servers/keepalived/log.ts'
import { parseKeepalived } from '../../../labs/servers/keepalived/report.ts'
import type { Files } from '../../../labs/servers/kind/server-kind.ts'
import type { World } from '../../../labs/servers/kind/world.ts'

const lvs1 = { at: '/lab', file: 'lvs1/keepalived.conf' }
const text = (content: string) => ({ bytes: Buffer.from(content), isExecutable: false })
const misc = `virtual_server 192.0.2.100 80 {
    # not "/bin/bash" here
    real_server 10.77.0.11 80 {
        MISC_CHECK {
            misc_path "/bin/bash -c true"
        }
    }
}
vrrp_instance FRONT {
}
vrrp_script look {
}`
const files: Files = new Map([['virtual-servers.conf', text(misc)]])

/** As keepalived 2.3.3 has it, in one second. */
const reload = `Sat Nov 28 09:22:35 2026: Reloading ...
Sat Nov 28 09:22:35 2026: Configuration file /lab/lvs1/keepalived.conf
Sat Nov 28 09:22:35 2026: Reloading
Sat Nov 28 09:22:35 2026: Wrong file type found in script path '/bin/bash'.
Sat Nov 28 09:22:35 2026: Disabling misc script '/bin/bash' '-c' 'true' due to insecure
Sat Nov 28 09:22:35 2026: Reload complete`

test('a script that keepalived does not run is told with its reason', () => {
  expect(disabledScripts(parseLog(reload))).toEqual([
    "Wrong file type found in script path '/bin/bash'.\nDisabling misc script '/bin/bash' '-c' 'true' due to insecure",
  ])
})

test('what an earlier reload has told is over', () => {
  const mended =
    'Sat Nov 28 09:23:01 2026: Reloading ...\nSat Nov 28 09:23:01 2026: Reload complete'
  expect(disabledScripts(parseLog(`${reload}\n${mended}`))).toEqual([])
})

test('a path that was found by a search runs, and is no problem', () => {
  const words =
    'WARNING - script `bash` resolved by path search to `/usr/bin/bash`. Please specify full path.'
  expect(disabledScripts(parseLog(`Reloading ...\n${words}`))).toEqual([])
})

const edits: Parameters<NonNullable<typeof kind.take>>[1] = [
  {
    change: {
      by: 'keepalived',
      files: 'virtual-servers.conf',
      machines: ['lvs1'],
      at: '/lab',
      main: '{machine}/keepalived.conf',
      reload: ['reload'],
    },
    now: files,
    before: new Map(),
  },
]

/** A machine whose keepalived says this of its files, and logs that when it reads them again. */
function machine(tested: { exitCode: number; stdout: string }, logged: string) {
  const calls: string[] = []
  const world: Partial<World> = {
    exec: (_, [program = '']) => {
      calls.push(program)
      const found = program === 'keepalived' ? tested : { exitCode: 0, stdout: '' }
      return Promise.resolve({ ...found, stderr: '' })
    },
    lastWords: () => Promise.resolve(calls.includes('reload') ? logged : ''),
  }
  return { world: world as World, calls }
}
const quiet = { exitCode: 0, stdout: '' }

test('a save with a script that does not run is refused, at its line', async () => {
  const { world } = machine(quiet, reload)
  expect(await kind.take!(world, edits)).toMatchObject([
    {
      file: 'virtual-servers.conf',
      line: 5,
      message: expect.stringContaining('Disabling misc script'),
      meaning: expect.stringContaining('/usr/bin/bash'),
    },
  ])
})

test('with the last good files back, keepalived reads those', async () => {
  const { world, calls } = machine(quiet, reload)
  await kind.takeBack!(world, edits)
  expect(calls).toEqual(['reload'])
})

test('what it takes and tells with a line is refused: a file that it cannot include', async () => {
  const missing = "(Line 9) Config files missing '../virtual-server.conf'."
  const { world, calls } = machine({ exitCode: 0, stdout: missing }, '')
  expect(await kind.take!(world, edits)).toMatchObject([
    { file: 'lvs1/keepalived.conf', line: 9, meaning: expect.stringContaining('include') },
  ])
  expect(calls).not.toContain('reload')
})

test.each([
  ['(FRONT) Warning - nopreempt will not work with initial state MASTER - clearing', 9, 'BACKUP'],
  ["Virtual server [192.0.2.100]:tcp:80: no scheduler set, setting default 'wlc'", 1, undefined],
  ['(FRONT) VRRPv2 advertisement interval 0.1s must be an integer. rounding', 9, 'vrrp_version 3'],
  ['Disabling track script look due to insecure', 11, 'nothing is checked'],
  ['SECURITY VIOLATION - check scripts are being executed', undefined, 'enable_script_security'],
])('%s: the line is looked for', (said, line, meaning) => {
  const [problem] = parseKeepalived(said, lvs1, files)
  expect(problem).toMatchObject({ message: said })
  expect(problem?.line).toBe(line)
  if (meaning) expect(problem?.meaning).toContain(meaning)
})

test('the cause comes before what follows from it', () => {
  const said = `Virtual server [192.0.2.100]:tcp:80: no scheduler set, setting default 'wlc'
(../virtual-servers.conf: Line 61) Invalid lvs_scheduler 'wrrr' - ignoring`
  expect(parseKeepalived(said, lvs1, files).map(({ line }) => line)).toEqual([61, 1])
})
