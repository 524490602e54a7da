/** A place in a file, told by its text, which stands there once, and what stands there instead. */
export interface Edit {
  readonly find: string
  readonly replace: string
}

/** An edit that does not fit its text (any more): `edit` is its place in the list, from 0. */
export class EditError extends Error {
  override readonly name = 'EditError'
  readonly edit: number

  constructor(edit: number, found: string) {
    super(found)
    this.edit = edit
  }
}

/**
 * The text with all edits made. Each is looked up in the text as it was, so their order means nothing,
 * and none may touch another's place.
 *
 * @throws EditError where a text is missing, stands there twice, or is another edit's already.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const places = edits
    .map(({ find, replace }, edit) => ({ edit, at: only(text, find, edit), find, replace }))
    .sort((a, b) => a.at - b.at)
  let [result, end] = ['', 0]
  for (const { edit, at, find, replace } of places) {
    if (at < end) throw new EditError(edit, `${quoted(find)} is part of another edit`)
    result += text.slice(end, at) + replace
    end = at + find.length
  }
  return result + text.slice(end)
}

function only(text: string, find: string, edit: number): number {
  const at = find === '' ? -1 : text.indexOf(find)
  if (at < 0) throw new EditError(edit, `${quoted(find)} stands nowhere`)
  if (text.indexOf(find, at + 1) >= 0)
    throw new EditError(edit, `${quoted(find)} stands there more than once`)
  return at
}

/** Its first line is enough to find it. */
function quoted(find: string): string {
  const [first = '', ...more] = find.split('\n')
  return more.length > 0 ? `"${first} …"` : `"${first}"`
}
