import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Reader } from './reader.ts'

let reader: Reader
beforeAll(() => void (reader = new Reader()))
afterAll(() => reader.leave())

describe('wrong words end with 2, and the answer names what there is', () => {
  test.each([
    [['9'], /no lab "9"\. There are: 1 tiny/],
    [['1', '--check', 'blance'], /no task "blance"\. It has: 1 balance, 2 greeting/],
    [['1', '--chekc'], /no option "--chekc"\. There are: --check, /],
    [['1', 'hnit'], /no command "hnit"\. There are: hint, solution, reset/],
    [['1', 'break'], /Break which server\?/],
  ])('%j', async (words, told) => {
    const { code, stdout, stderr } = await reader.run(words)
    expect(code).toBe(2)
    expect(stderr).toMatch(told)
    expect(stderr).toMatch(/Next: npm run lab/)
    expect(stdout).toBe('')
  })

  test('for a program the same is one JSON object', async () => {
    const { code, stdout } = await reader.run(['9', '--json'])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'error', exitCode: 2, next: 'npm run lab' })
  })

  test.each(['break web1', 'mend', 'logs', 'open'])(
    '%s needs a lab that runs, and says how to start it',
    async (line) => {
      const { code, stderr } = await reader.run(['1', ...line.split(' ')])
      expect(code).toBe(2)
      expect(stderr).toContain('Lab 1 is not running.\n  Next: npm run lab 1\n')
    },
  )
})

describe('what needs no lab to run', () => {
  test('the list shows each lab and how far the reader is', async () => {
    expect((await reader.run([])).stdout).toMatch(/1 · A tiny lab {2}□{3} 0\/3/)
    const { code, stdout } = await reader.run(['--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      { number: 1, slug: 'tiny', tasks: 3, passed: [], running: false },
    ])
  })

  test('the help names every command, in the language of the reader', async () => {
    const { code, stdout } = await reader.run(['--help'])
    expect(code).toBe(0)
    for (const verb of 'hint solution reset open load break mend logs exec down doctor'.split(' '))
      expect(stdout).toContain(verb)
    expect((await reader.run(['--help', '--lang', 'zh'])).stdout).toContain('重新开始')
    expect((await reader.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('the doctor looks at what a lab needs', async () => {
    const { code, stdout } = await reader.run(['doctor'])
    expect(code).toBe(0)
    for (const part of ['Node', 'Docker engine', 'Disk', 'Port 8080'])
      expect(stdout).toContain(part)
    expect(JSON.parse((await reader.run(['doctor', '--json'])).stdout)).toMatchObject({
      healthy: true,
    })
  })

  test('hints come one at a time, three for each task, and are remembered', async () => {
    for (const count of [1, 2, 3, 3]) {
      const { stdout } = await reader.run(['1', 'hint', 'balance', '--json'])
      const { hints, of } = JSON.parse(stdout) as { hints: string[]; of: number }
      expect([hints.length, of]).toEqual([count, 3])
    }
    expect((await reader.run(['1', 'hint', '1'])).stdout).toContain(
      'npm run lab 1 solution balance',
    )
  })

  // eslint-disable-next-line no-control-regex
  const escape = /\u001b/

  test('without a terminal, or with NO_COLOR in one, nothing is coloured', async () => {
    expect((await reader.run([])).stdout).not.toMatch(escape)
    const inTerminal = (env: NodeJS.ProcessEnv) => reader.startInTerminal([], env).ended
    expect((await inTerminal({})).stdout).toMatch(escape)
    expect((await inTerminal({ NO_COLOR: '1' })).stdout).not.toMatch(escape)
  })
})

describe('npm', () => {
  test('npm run lab is the command, and its exit code arrives', async () => {
    const { code, stdout } = await reader.spawn('npm', ['run', '--silent', 'lab', '9'], {}).ended
    expect([code, stdout]).toEqual([2, ''])
  })

  test('an option that npm has kept is asked for again', async () => {
    const words = ['run', '--silent', 'lab', '1', '--check']
    const { code, stderr } = await reader.spawn('npm', words, {}).ended
    expect(code).toBe(2)
    expect(stderr).toContain('Next: npm run lab 1 -- --check')
  })
})
