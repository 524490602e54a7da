import { place } from './place.ts'

/** Open only for as long as the mouse stays; a click or a key makes it stay. */
let opened: { readonly mark: HTMLElement; readonly card: HTMLElement; byHover: boolean } | undefined

/** Attends to the marks of all claims, on this page and the next: see config/static-tags.ts. */
export function attendToClaims(): void {
  document.addEventListener('focusin', ({ target }) => cardOf(markAt(target)))
  document.addEventListener('pointerover', enter)
  document.addEventListener('pointerout', leave)
  document.addEventListener('click', press)
  // It reaches nobody but its card, and on the way there the document.
  document.addEventListener('toggle', toggled, { capture: true })
}

const markAt = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLButtonElement>('.claim > .mark') : null

/** Made known to the browser, which closes it on Escape and says of the mark whether it is open. */
function cardOf(mark: HTMLButtonElement | null): HTMLElement | null {
  const card = document.getElementById(mark?.dataset.card ?? '')
  if (mark && card) {
    card.role = 'dialog'
    card.popover = 'auto'
    mark.popoverTargetElement = card
  }
  return card
}

const close = () => opened?.card.hidePopover()

function open(mark: HTMLButtonElement, byHover: boolean): void {
  const card = cardOf(mark)
  if (!card) return
  removeEventListener('scroll', close)
  card.showPopover()
  place(card, mark)
  opened = { mark, card, byHover }
  // It stands still in the window, and its sentence would not. A scroll under way still has its event
  // to come, before the next frame is drawn.
  requestAnimationFrame(() => {
    if (opened?.card === card) addEventListener('scroll', close, { once: true, passive: true })
  })
}

function enter({ target, pointerType }: PointerEvent): void {
  const mark = markAt(target)
  if (mark && pointerType === 'mouse' && opened?.mark !== mark) open(mark, true)
}

function leave({ target, relatedTarget }: PointerEvent): void {
  if (!opened?.byHover) return
  const { mark, card } = opened
  const isOurs = (one: EventTarget | null) =>
    one instanceof Node && (mark.contains(one) || card.contains(one))
  if (isOurs(target) && !isOurs(relatedTarget)) close()
}

function press(event: MouseEvent): void {
  const mark = markAt(event.target)
  if (!mark) return
  // The browser would close what the hovering mouse has opened.
  event.preventDefault()
  if (opened?.mark !== mark) open(mark, false)
  else if (opened.byHover) opened.byHover = false
  else close()
}

function toggled(event: Event): void {
  if (event.target !== opened?.card || (event as ToggleEvent).newState !== 'closed') return
  opened = undefined
  removeEventListener('scroll', close)
}
