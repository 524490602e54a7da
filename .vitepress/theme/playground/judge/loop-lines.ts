/**
 * The lines that may never end, by their looks: loops without an end in their head if there are
 * any, else all loops. A guess that saves the reader the search; it decides nothing.
 */
export function loopLines(source: string): readonly number[] {
  const lines = withoutComments(source).split('\n')
  const matching = (pattern: RegExp) =>
    lines.flatMap((line, place) => (pattern.test(line) ? [place + 1] : []))
  const endless = matching(/\bwhile\s*\(\s*(true|1)\s*\)|\bfor\s*\([^;]*;\s*(true)?\s*;/)
  return endless.length > 0 ? endless : matching(/\b(while|for)\s*\(|\bdo\s*\{/)
}

/** Strings and comments blanked, lines kept. */
const withoutComments = (source: string) =>
  source.replace(/\/\*[^]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"/g, (text) => text.replace(/[^\n]/g, ' '))
