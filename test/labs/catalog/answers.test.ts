import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { codeOf, readExerciseAnswers, readLabAnswers } from '../../../labs/catalog/answers.ts'

const folder = mkdtempSync(join(tmpdir(), 'four-tiers-answers-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'solution/nginx'), { recursive: true })
writeFileSync(join(folder, 'solution/nginx/site.conf'), 'listen 80;\nserver a;\nserver b;\n')
writeFileSync(join(folder, 'solution.ts'), 'export const answer = 42\n')

const about = '  task: balance\n  is: wrong\n  why: { en: One dies., zh: 一台死了。 }\n'
const write = (text: string) => writeFileSync(join(folder, 'answers.yaml'), text)
const read = (edits: string) => {
  write(`- name: one-server\n${about}  edits:\n${edits}`)
  return readLabAnswers(folder)
}
const edit = (find: string, replace = 'x') =>
  `    - file: nginx/site.conf\n      find: ${find}\n      replace: ${replace}\n`

describe('an answer is the solution plus its edits', () => {
  test('each text found becomes the other, and the rest of the file stays', () => {
    const [answer] = read(edit('server b;', 'server b backup;') + edit('listen 80;', 'listen 81;'))
    expect(answer).toMatchObject({ name: 'one-server', task: 'balance', is: 'wrong' })
    expect([...answer!.files]).toEqual([
      ['nginx/site.conf', 'listen 81;\nserver a;\nserver b backup;\n'],
    ])
  })

  test('a file may stand there whole, be it new or not', () => {
    const [answer] = read('    - { file: new.txt, text: "tea\\n" }\n')
    expect([...answer!.files]).toEqual([['new.txt', 'tea\n']])
  })

  test('an exercise has one file, and no tasks', () => {
    const edits = '  edits:\n    - { find: "42", replace: "41" }\n'
    write(`- name: off-by-one\n  is: wrong\n  why: { en: e, zh: z }\n${edits}`)
    expect(readExerciseAnswers(folder).map(codeOf)).toEqual(['export const answer = 41\n'])
  })
})

describe('an edit that is out of date is told with its line', () => {
  test.each([
    ['nowhere', edit('server c;'), '6: one-server: "server c;" stands nowhere in nginx/site.conf'],
    ['more than once', edit('server'), '6: one-server: "server" stands there more than once'],
    [
      'in another edit',
      edit('server a;') + edit('"er a;\\nserver b;"'),
      '9: one-server: "er a; …" is part of another edit',
    ],
    ['in a file that is not there', edit('a').replace('site', 'web'), '6: one-server: no '],
    [
      'in a file that stands there whole',
      '    - { file: nginx/site.conf, text: a }\n' + edit('server a;'),
      '7: one-server: nginx/site.conf is whole already',
    ],
    [
      'with a word too many',
      edit('server a;') + '      why: x\n',
      '6: edits.0: Unrecognized key: "why"',
    ],
  ])('%s', (_, edits, message) => {
    expect(() => read(edits)).toThrow(`answers.yaml:${message}`)
    expect(() => read(edits)).toThrow('Next: ')
  })
})

test('two answers of one name are refused at the second', () => {
  const one = `- name: twice\n${about}  edits: [{ file: a, text: b }]\n`
  write(one + one)
  expect(() => readLabAnswers(folder)).toThrow('answers.yaml:6: a second answer "twice"')
})

test('an answer without its Chinese reason is refused', () => {
  write(`- name: one\n${about.replace(', zh: 一台死了。', '')}  edits: [{ file: a, text: b }]\n`)
  expect(() => readLabAnswers(folder)).toThrow('answers.yaml:4: why.zh')
})

test('what is no YAML is told with its place', () => {
  write('- name: "one\n')
  expect(() => readLabAnswers(folder)).toThrow(/answers\.yaml: Missing closing "quote at line/)
})
