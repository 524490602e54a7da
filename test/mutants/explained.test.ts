import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readExplained, untrue } from './explained.ts'
import { describe as told } from './mutants.ts'
import type { Judged } from './records.ts'
import { standingOf } from './score.ts'
import { caught, mutants, survived, without } from './subject-of-tests.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'explained-'))))

const write = (text: string) => writeFileSync(join(folder, 'mutants.yaml'), text)
const explain = (...lines: readonly string[]) =>
  write(
    [
      '- why: { en: Nobody asks., zh: 没人问。 }',
      '  mutants:',
      ...lines.map((l) => `    ${l}`),
    ].join('\n'),
  )
const a = without('a')
const entry = `${a.id}: '${told(a)}'`
const judgements = (outcome: Pick<Judged, 'outcome'>) =>
  new Map([[a.id, { ...outcome, own: '', machinery: '' } as Judged]])
const lies = (outcome: Pick<Judged, 'outcome'> = survived) =>
  untrue(folder, readExplained(folder), mutants, judgements(outcome)).map((lie) =>
    lie.replace(`${folder}/`, ''),
  )

describe('a reason', () => {
  test('holds of a mutant that survives', () => {
    explain(entry)
    expect(lies()).toEqual([])
    const explained = readExplained(folder)
    expect(standingOf(mutants, judgements(survived), explained).survivors).toEqual([])
    expect(standingOf(mutants, judgements(survived), []).survivors).toEqual([a])
  })

  test('of a mutant that nobody has judged yet is waited for', () => {
    explain(entry)
    expect(untrue(folder, readExplained(folder), mutants, new Map())).toEqual([])
  })

  test('of no mutant of the solution is an error', () => {
    explain("0123456789: 'solution.ts: x → y (name)'")
    expect(lies()).toEqual([
      "mutants.yaml:3: 0123456789 (solution.ts: x → y (name)) is none of the solution's mutants. " +
        'Next: delete the line',
    ])
  })

  test('of one that a check catches by now is an error', () => {
    explain(entry)
    expect(lies(caught)).toEqual([
      `mutants.yaml:3: ${a.id} (${told(a)}) is caught by checks: it needs no reason. ` +
        'Next: delete the line',
    ])
  })

  test('of one that the server refuses is an error', () => {
    explain(entry)
    expect(lies({ outcome: 'refused' })[0]).toContain('is refused by the server')
  })

  test('whose mutant has a number for an id is read as it stands', () => {
    explain("12345e6789: 'x'", "0000000001: 'y'")
    expect(readExplained(folder).map(({ id, line }) => [id, line])).toEqual([
      ['12345e6789', 3],
      ['0000000001', 4],
    ])
  })

  test('that tells of another change than the mutant makes is an error', () => {
    explain(`${a.id}: 'solution.ts: without everything (leave-out)'`)
    expect(lies()).toEqual([
      `mutants.yaml:3: ${a.id} (solution.ts: without everything (leave-out)) changes something else. ` +
        `Next: write '${told(a)}'`,
    ])
  })
})

describe('a list that cannot be read is refused with its line', () => {
  const next = 'Next: write why: { en, zh } and mutants: { ID: what it changes }'
  const refusal = () => {
    try {
      readExplained(folder)
    } catch (error) {
      return (error as Error).message.replace(`${folder}/`, '')
    }
    return 'none'
  }

  test('where there is none, nothing is explained', () => expect(readExplained(folder)).toEqual([]))

  test('without a reason in each language', () => {
    write(`- why: { en: Nobody asks. }\n  mutants:\n    ${entry}\n`)
    expect(refusal()).toMatch(/^mutants\.yaml:1: 0\.why\.zh: .*\. Next: /)
    expect(refusal()).toContain(next)
  })

  test('without a mutant', () => {
    write('- why: { en: Nobody asks., zh: 没人问。 }\n  mutants: {}\n')
    expect(refusal()).toBe(`mutants.yaml:2: 0.mutants: names no mutant. ${next}`)
  })

  test('with a word that means nothing', () => {
    write(`- why: { en: Nobody asks., zh: 没人问。 }\n  mutant: { x: y }\n`)
    expect(refusal()).toMatch(/^mutants\.yaml:1: /)
  })

  test('that is no YAML', () => {
    write('- why: { en: "Nobody asks.\n')
    expect(refusal()).toMatch(/^mutants\.yaml: .*line \d/)
  })
})
