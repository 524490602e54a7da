/** Per diagram the server that was tapped before it could act: the last one counts. */
const early = new WeakMap<object, string>()

/** Not yet a button: what the server has drawn. */
const sleeping = '[data-server]:not([role="button"])'

export function keepTap({ target }: Pick<Event, 'target'>): void {
  const server = (target as Partial<Element> | null)?.closest?.<SVGElement>(sleeping)
  const diagram = server?.closest('.stage-diagram')
  if (server && diagram) early.set(diagram, server.dataset.server!)
}

/** What was tapped here; asked once, when the diagram has come to life. */
export function takeTap(diagram: object): string | undefined {
  const server = early.get(diagram)
  early.delete(diagram)
  return server
}

/** From the page's first moment: the diagram's own code comes later. */
export function attendToEarlyTaps(): void {
  window.addEventListener('click', keepTap, { capture: true, passive: true })
}
