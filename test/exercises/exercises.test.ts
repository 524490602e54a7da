import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { codeOf, readExerciseAnswers } from '../../labs/catalog/answers.ts'
import { type Judged, judgeInNode } from './judge-in-node.ts'

const root = resolve(import.meta.dirname, '../..')
const exercises = readdirSync(join(root, 'exercises'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

test('there is something to prove', () => expect(exercises.length).toBeGreaterThan(1))

describe.each(exercises)('exercise %s', (id) => {
  const folder = join(root, 'exercises', id)
  const code = (name: string) => readFileSync(join(folder, `${name}.ts`), 'utf8')
  const answers = readExerciseAnswers(folder)
  const named = (wanted: string) =>
    answers.filter(({ is }) => is === wanted).map(({ name }) => name)
  const mistakes = named('wrong')
  const right = ['solution', ...named('right')]
  let judged: ReadonlyMap<string, Judged>

  beforeAll(async () => {
    const own = ['starter', 'solution'].map((name) => [name, code(name)] as const)
    const others = answers.map((answer) => [answer.name, codeOf(answer)] as const)
    judged = await judgeInNode(id, new Map([...own, ...others]))
  }, 120_000)

  test('the starter runs, and leaves something to do', () => {
    expect(judged.get('starter')!.failed.length).toBeGreaterThan(1)
  })

  test('every right answer passes, however it is written', () => {
    expect(right.length).toBeGreaterThan(3)
    expect(right.flatMap((answer) => judged.get(answer)!.failed)).toEqual([])
  })

  test('there are mistakes to see through', () => expect(mistakes.length).toBeGreaterThan(3))

  test.each(mistakes)('the checks see through %s', (name) =>
    expect(judged.get(name)!.failed).not.toEqual([]),
  )

  test('each check is needed: some plausible answer fails it', () => {
    const titles = [...judged.get(right[0]!)!.passed]
    const caught = ['starter', ...mistakes].flatMap((answer) => judged.get(answer)!.failed)
    expect(titles.filter((title) => !caught.includes(title))).toEqual([])
  })

  test('nothing is left to be written, but by the reader', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^(?:starter\.ts|comments\.zh\.json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.filter((file) => /\bTODO\b/.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  test.each(['en', 'zh'])('%s says what it is about, without a stray space', (language) => {
    const about = parse(readFileSync(join(folder, 'exercise.yaml'), 'utf8')) as {
      readonly title: Readonly<Record<string, string>>
      readonly intro: Readonly<Record<string, string>>
    }
    expect(about.title[language]).toMatch(/\S/)
    expect(about.intro[language]).not.toMatch(/[，。；：] |\n/)
    expect(about.intro[language]!.split('`').length % 2).toBe(1)
  })

  test.each(['en', 'zh'])('%s has three hints, from a nudge to nearly the answer', (language) => {
    const hints = readFileSync(join(folder, `hints/${language}.md`), 'utf8')
    expect(hints.match(/^\d\. .{20}/gm)).toHaveLength(3)
  })
})
