/** Comments in another language: what is said in English, and how it is said there. */
export type Translations = Readonly<Record<string, string>>

/** Neighbouring lines of a file: one comment, or no comment. */
interface Piece {
  readonly lines: readonly string[]
  /** Its words, a line each; none where it is code. */
  readonly words?: string
  /** The lines of a file that say these words in its place. */
  readonly say: (words: string) => readonly string[]
}

/** The same file with its comments in another language; what has no translation stays as it is. */
export const translateComments = (text: string, translations: Translations): string =>
  piecesOf(text)
    .flatMap(({ lines, words, say }) => {
      const translated = words === undefined ? undefined : translations[words]
      return translated === undefined ? lines : say(translated)
    })
    .join('\n')

/** What a file's comments say, each as a translation must name it. */
export const commentsIn = (text: string): readonly string[] =>
  piecesOf(text).flatMap(({ words = '' }) => (isSaid(words) ? [words] : []))

/** The marks of a printed region and addresses are the same in every language. */
const region = /^#?(?:end)?region\b/
const isSaid = (words: string) => /\S/.test(words.replaceAll(/https?:\/\/\S+/g, ''))

const aloneOnLines = /^(\s*(?:#|\/\/) )(.*)$/
const inOneLine = /^(\s*\/\*\*? )(.*)( \*\/)$/
/** `/**` and its words on lines of their own, a star before each. */
const block = /^(\s*)\/\*\*\n((?:\1 \*(?: .*)?\n)+)\1 \*\/$/gm

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: all, 1: indent = '', 2: starred = '', index } of text.matchAll(block)) {
    if (index > from) pieces.push(...linesOf(text.slice(from, index - 1)))
    pieces.push(blockComment(all, indent, starred))
    from = index + all.length + 1
  }
  return from > text.length ? pieces : [...pieces, ...linesOf(text.slice(from))]
}

function blockComment(all: string, indent: string, starred: string): Piece {
  const start = `${indent} * `
  const words = starred.replaceAll(/^\s*\* ?/gm, '').trimEnd()
  const say = (others: string) => [
    `${indent}/**`,
    ...others.split('\n').map((other) => start + other),
    `${indent} */`,
  ]
  return { lines: all.split('\n'), words, say }
}

function linesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let begin: string | undefined
  for (const line of text.split('\n')) {
    const [, start = '', words = '', end = ''] =
      inOneLine.exec(line) ?? aloneOnLines.exec(line) ?? []
    const isComment = start !== '' && !region.test(words)
    const last = pieces.at(-1)
    const goesOn = isComment && end === '' && start === begin
    if (goesOn && last?.words !== undefined)
      pieces[pieces.length - 1] = comment([...last.lines, line], `${last.words}\n${words}`, start)
    else pieces.push(isComment ? comment([line], words, start, end) : code(line))
    begin = isComment && end === '' ? start : undefined
  }
  return pieces
}

const comment = (lines: readonly string[], words: string, start: string, end = ''): Piece => ({
  lines,
  words,
  say: (others) => others.split('\n').map((other) => start + other + end),
})

const code = (line: string): Piece => ({ lines: [line], say: () => [line] })
