import wrapAnsi from 'wrap-ansi'

/**
 * The text in lines of at most `columns` columns, though never fewer than twenty. What goes on below
 * begins where its line begins, and with a word. A word that is too long is cut.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    const [, indent = '', words = ''] = /^( *)(.*)$/.exec(line) ?? []
    const width = Math.max(20, columns) - indent.length
    return wrapAnsi(words, Math.max(1, width), { hard: true })
      .split('\n')
      .map((part) => indent + part)
  })
}
