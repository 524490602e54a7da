import { describe, expect, test } from 'vitest'
import { parseArguments, UsageError } from '../../../labs/cli/arguments.ts'
import { refuseSwallowedOptions } from '../../../labs/cli/swallowed.ts'

const command = (...words: string[]) => parseArguments(words).command

describe('the command line', () => {
  test('without words it lists the labs', () => expect(command()).toEqual({ verb: 'list' }))

  test('a lab alone is started and watched', () =>
    expect(command('1')).toEqual({ verb: 'watch', lab: '1' }))

  test('--check checks once, all tasks or the one that is named', () => {
    expect(command('1', '--check')).toEqual({ verb: 'check', lab: '1', task: undefined })
    expect(command('1', '--check', 'balance')).toEqual({ verb: 'check', lab: '1', task: 'balance' })
    expect(command('1', 'check', 'balance')).toEqual({ verb: 'check', lab: '1', task: 'balance' })
  })

  test('break kills unless another way is named', () => {
    expect(command('1', 'break', 'web1')).toMatchObject({ server: 'web1', how: 'kill' })
    expect(command('1', 'break', 'web1', 'refuse')).toMatchObject({ how: 'refuse' })
    expect(command('6', 'break', 'redis1', 'split')).toMatchObject({ how: 'split' })
  })

  test('what exec runs keeps its own options', () =>
    expect(parseArguments(['--json', '2', 'exec', 'lvs1', 'ip', '--json', 'addr'])).toMatchObject({
      command: { verb: 'exec', lab: '2', server: 'lvs1', program: ['ip', '--json', 'addr'] },
      options: { json: true },
    }))

  test('a lone -- before the program is no part of it, one behind it is', () =>
    expect(command('2', 'exec', 'lvs1', '--', 'git', 'log', '--', '-h')).toMatchObject({
      program: ['git', 'log', '--', '-h'],
    }))

  test('options may stand anywhere, with a space or an equals sign', () => {
    expect(parseArguments(['--port', '8090', '1']).options.port).toBe(8090)
    expect(parseArguments(['1', '--port=8090', '--json']).options).toMatchObject({
      port: 8090,
      json: true,
    })
  })

  test.each([
    [['1', '--chekc'], '--check'],
    [['1', 'hnit'], 'hint'],
    [['1', 'break'], 'which server'],
    [['1', 'break', 'web1', 'softly'], 'refuse'],
    [['1', 'exec', 'web1'], 'Run what'],
    [['1', '--port', 'eighty'], '"eighty"'],
    [['1', '--port', '70000'], '"70000"'],
    [['1', '--port'], '""'],
    [['1', '--lang', 'fr'], 'en or zh'],
  ])('%j is refused, naming what there is instead', (words, told) => {
    expect(() => parseArguments(words)).toThrow(UsageError)
    expect(() => parseArguments(words)).toThrow(told)
  })

  test('an option that npm has kept for itself is noticed', () => {
    const env = { npm_lifecycle_event: 'lab', npm_config_check: 'true' }
    expect(() => refuseSwallowedOptions(env)).toThrow('lone --')
    expect(() => refuseSwallowedOptions({ npm_lifecycle_event: 'lab' })).not.toThrow()
  })
})
