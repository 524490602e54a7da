import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../labs/cli/arguments.ts'
import { commandLines } from '../../../labs/cli/command-table.ts'
import { twoColumns } from '../../../labs/cli/help.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s has the commands of the help, word for word', (file, language) => {
  const list = twoColumns(commandLines(language), '# ').join('\n')
  expect(read(file)).toContain(`\`\`\`sh\n${list}\n\`\`\`\n`)
})

/** Wherever a reader may meet a command. */
const prose = ['README.md', 'README.zh-CN.md', 'docs', 'labs'].flatMap((place) =>
  place.endsWith('.md')
    ? [place]
    : readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
        .map((file) => `${place}/${file}`),
)

describe('what the prose tells a reader to type is understood', () => {
  const told = prose.flatMap((file) =>
    [...read(file).matchAll(/npm run lab\b([^`#\n]*)/g)].map(([line, words]) => [
      file,
      line.trim(),
      words!.trim().split(/\s+/).filter(Boolean),
    ]),
  ) as [string, string, string[]][]

  test.each(told)('%s: %s', (_file, _line, words) => {
    // npm takes the first lone --; what stands in brackets is the reader's to fill in.
    const plain = words.filter((word) => !word.startsWith('[') && !word.endsWith(']'))
    const alone = plain.indexOf('--')
    const seen = alone < 0 ? plain : plain.toSpliced(alone, 1)
    expect(() => parseArguments(seen)).not.toThrow()
  })
})
