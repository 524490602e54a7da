/** A text with code in backticks, in pieces: every other one is code. */
export const pieces = (
  text: string,
): readonly { readonly text: string; readonly isCode: boolean }[] =>
  text.split('`').map((piece, place) => ({ text: piece, isCode: place % 2 === 1 }))
