import { withBase } from 'vitepress'

/** Keeps the book for reading offline, after the page has what it needs. Not in development. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || import.meta.env.SSR || !('serviceWorker' in navigator)) return
  const register = () =>
    // Refused in private windows and on plain http: the book is then read online.
    navigator.serviceWorker.register(withBase('/service-worker.js')).catch(() => undefined)
  if (document.readyState === 'complete') void register()
  else window.addEventListener('load', register, { once: true })
}
