import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onceWanted } from '../../../.vitepress/theme/diagram/seen-component.ts'

let see: (isIntersecting: boolean) => void
let rest: () => void
const observe = vi.fn()

beforeEach(() => {
  observe.mockClear()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe = observe
      disconnect = vi.fn()
      constructor(tell: (entries: readonly { isIntersecting: boolean }[]) => void) {
        see = (isIntersecting) => tell([{ isIntersecting }])
      }
    },
  )
  const requestIdleCallback = (then: () => void) => (rest = then)
  vi.stubGlobal('window', { requestIdleCallback })
  vi.stubGlobal('requestIdleCallback', requestIdleCallback)
  vi.stubGlobal('document', { readyState: 'complete' })
})
afterEach(() => vi.unstubAllGlobals())

const wait = () => {
  const element = new EventTarget()
  const wake = vi.fn()
  const stop = onceWanted(element as HTMLElement, wake)
  return { element, wake, stop }
}
const turn = () => new Promise((done) => setTimeout(done))

test('what is seen wakes without any sign of the reader, once the page is at rest', async () => {
  const { wake } = wait()
  expect(observe).not.toHaveBeenCalled()
  await turn()
  rest()
  await turn()
  expect(observe).toHaveBeenCalledOnce()
  see(false)
  expect(wake).not.toHaveBeenCalled()
  see(true)
  see(true)
  expect(wake).toHaveBeenCalledOnce()
})

test('a touch wakes it at once, whatever the page is doing', async () => {
  const { element, wake } = wait()
  element.dispatchEvent(new Event('pointerdown'))
  expect(wake).toHaveBeenCalledOnce()
  await turn()
  rest()
  await turn()
  expect(observe).not.toHaveBeenCalled()
})

test('who has left the page wakes nothing', () => {
  const { element, wake, stop } = wait()
  stop()
  element.dispatchEvent(new Event('pointerdown'))
  see(true)
  expect(wake).not.toHaveBeenCalled()
})
