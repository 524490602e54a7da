import stringWidth from 'string-width'

/** Fills up to so many columns of a terminal: Chinese characters are two wide, colours have none. */
export function padTo(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - stringWidth(text)))
  return side === 'left' ? text + space : space + text
}
