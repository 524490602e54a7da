import { frameDocument } from './sealed-frame.ts'

/** As much of a `Worker` as is wanted of this one. */
export interface SealedWorker {
  onmessage: ((event: MessageEvent) => void) | null
  /** `message` is empty where the browser does not say what is wrong. */
  onerror: ((error: { readonly message: string }) => void) | null
  postMessage(message: unknown): void
  terminate(): void
}

/**
 * A worker for code that nobody has looked at. It lives in a frame of an origin that no page has, so
 * that the site's caches and databases are not its own; and it reaches no network. A worker of the
 * page's own would share all of them.
 */
export function startSealed(code: string): SealedWorker {
  const frame = document.createElement('iframe')
  const [toFrame, toWorker] = [new MessageChannel(), new MessageChannel()]
  // And not `allow-same-origin`.
  frame.sandbox.add('allow-scripts')
  frame.hidden = true
  frame.srcdoc = frameDocument
  const begin = () => frame.contentWindow?.postMessage(code, '*', [toFrame.port2, toWorker.port2])
  frame.addEventListener('load', begin, { once: true })
  document.body.append(frame)

  const worker: SealedWorker = {
    onmessage: null,
    onerror: null,
    // Kept by the channel until somebody listens at its other end.
    postMessage: (message) => toWorker.port1.postMessage(message),
    terminate() {
      toWorker.port1.close()
      toFrame.port1.close()
      // The worker ends with the document that has started it, whatever it is doing.
      frame.remove()
    },
  }
  toWorker.port1.onmessage = (event) => worker.onmessage?.(event)
  toFrame.port1.onmessage = ({ data }) => worker.onerror?.({ message: String(data) })
  return worker
}
