/** Below its mark, or above it where the window ends, and within the column of text. */
export function place(card: HTMLElement, mark: HTMLElement): void {
  const at = mark.getBoundingClientRect()
  const column = (mark.closest('.vp-doc') ?? document.body).getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = card
  const centred = at.left + at.width / 2 - width / 2
  const left = Math.max(column.left, Math.min(centred, column.right - width))
  const fitsBelow = at.bottom + height <= document.documentElement.clientHeight
  card.style.left = `${left}px`
  card.style.top = `${fitsBelow ? at.bottom : Math.max(0, at.top - height)}px`
}
