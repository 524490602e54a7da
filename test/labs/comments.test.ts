import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readLabAnswers } from '../../labs/catalog/answers.ts'
import { commentsIn, translateComments, type Translations } from '../../labs/comments.ts'
import { projectFolder } from '../../labs/session/folders.ts'
import { allLabs } from '../proof/items.ts'

const text = `# region forum
# The forum.
# It listens here.
listen 80; # 80
    # TODO: more.
# https://nginx.org/
# endregion forum
/** A reader. */
const url = 'http://a/' // not alone
const cost = { N: 2 }
// One,
  // another.
  /**
   * Two lines
   * of one.
   */
  end()
`

test('neighbouring lines are one comment; addresses and marks of regions say nothing', () =>
  expect(commentsIn(text)).toEqual([
    'The forum.\nIt listens here.',
    'TODO: more.',
    'A reader.',
    'One,',
    'another.',
    'Two lines\nof one.',
  ]))

test('a comment is said in another language, in its place; the rest is as it was', () => {
  const translations = {
    'The forum.\nIt listens here.': '论坛。',
    'TODO: more.': '待办：\n还有。',
    'A reader.': '读者。',
    'Two lines\nof one.': '一行。',
  }
  const expected = text
    .replace('# The forum.\n# It listens here.', '# 论坛。')
    .replace('    # TODO: more.', '    # 待办：\n    # 还有。')
    .replace('/** A reader. */', '/** 读者。 */')
    .replace('   * Two lines\n   * of one.', '   * 一行。')
  expect(translateComments(text, translations)).toBe(expected)
  expect(translateComments(text, {})).toBe(text)
})

const exercises = readdirSync(join(projectFolder, 'exercises'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(projectFolder, 'exercises', name))

const folders = [...allLabs().map(({ folder }) => folder), ...exercises]

describe.each(folders.map((folder) => [basename(folder), folder] as const))('%s', (_, folder) => {
  const places = ['starter', 'solution', 'starter.ts', 'solution.ts']
  const comments = places
    .map((place) => join(folder, place))
    .filter((path) => existsSync(path))
    .flatMap((path) => (path.endsWith('.ts') ? [path] : filesBelow(path)))
    .filter((path) => !path.endsWith('.json'))
    .map((path) => readFileSync(path, 'utf8'))
    .concat(hung(folder))
    .flatMap(commentsIn)
  const file = join(folder, 'comments.zh.json')
  const translations = () => JSON.parse(readFileSync(file, 'utf8')) as Translations

  test('each comment that a reader meets is said in Chinese, and no other', () =>
    expect(Object.keys(translations()).sort()).toEqual([...new Set(comments)].sort()))

  test('a TODO is found by the word that editors look for', () => {
    for (const [english, chinese] of Object.entries(translations()))
      expect(chinese.includes('TODO'), chinese).toBe(english.includes('TODO'))
  })
})

/** The mistakes of a lab are printed in the museum. */
const hung = (folder: string): readonly string[] =>
  allLabs().some((lab) => lab.folder === folder)
    ? readLabAnswers(folder)
        .filter(({ is }) => is === 'wrong')
        .flatMap(({ files }) => [...files.values()])
    : []

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}
