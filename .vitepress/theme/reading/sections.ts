/** A heading, and how far below the window's upper edge it begins. */
export interface Heading {
  readonly id: string
  readonly top: number
}

/** Where a section stands after one has gone to its address, and a little more. */
export const readingLine = 160

/** The section in which a reader is: the last one that has begun above the line. None before the first. */
export const sectionAt = (headings: readonly Heading[], line = readingLine): string | undefined =>
  headings.findLast(({ top }) => top <= line)?.id

/** Whether the last section has come into the window, which is so high. */
export const isLastInView = (headings: readonly Heading[], height: number): boolean => {
  const last = headings.at(-1)
  return last !== undefined && last.top < height
}

/** Of the page that is open, in its order; not its title. */
export const headingsOnPage = (): readonly Heading[] =>
  [...document.querySelectorAll<HTMLElement>('.VPDoc :is(h2, h3)[id]')].map((element) => ({
    id: element.id,
    top: element.getBoundingClientRect().top,
  }))
