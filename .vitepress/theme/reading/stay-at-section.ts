import { nextTick } from 'vue'

/** By then everything near the section has come. */
const settledMs = 3_000
/** What a reader does who goes elsewhere. */
const moves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * Whoever has come from another page for a section stays there while what stands above it comes to
 * life and grows: VitePress goes there once, and not every browser anchors what it shows.
 */
export function stayAtSection(): void {
  // Just after VitePress, which goes to the section in the frame after the next tick.
  void nextTick(() => requestAnimationFrame(hold))
}

function hold(): void {
  const heading = document.getElementById(location.hash.slice(1))
  const content = document.querySelector('.VPContent')
  if (!heading || !content) return
  const topOf = () => heading.getBoundingClientRect().top
  const top = topOf()
  const observer = new ResizeObserver(() => {
    const by = topOf() - top
    if (Math.abs(by) >= 1) scrollBy({ top: by, behavior: 'instant' })
  })
  const over = new AbortController()
  const letGo = () => {
    observer.disconnect()
    over.abort()
  }
  observer.observe(content)
  for (const move of moves)
    window.addEventListener(move, letGo, { passive: true, signal: over.signal })
  setTimeout(letGo, settledMs)
}
