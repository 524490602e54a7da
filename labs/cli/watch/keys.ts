import { emitKeypressEvents } from 'node:readline'
import type { ReadStream } from 'node:tty'

interface Key {
  readonly name?: string
  readonly ctrl?: boolean
  readonly meta?: boolean
  readonly sequence?: string
}

/** Single keys, without Enter. The returned function gives the terminal back. */
export function readKeys(stream: ReadStream, onKey: (name: string) => void): () => void {
  const listener = (_: string, key: Key) => {
    if (key.ctrl && key.name === 'c') return onKey('quit-now')
    // Ctrl-L paints a screen anew elsewhere, Ctrl-B is tmux's own: neither breaks anything here.
    if (!key.ctrl && !key.meta) onKey(key.name ?? key.sequence ?? '')
  }
  const gone = () => onKey('quit-now')
  emitKeypressEvents(stream)
  stream.setRawMode(true)
  stream.on('keypress', listener)
  // The window was closed.
  stream.on('error', gone).on('end', gone)
  stream.resume()
  return () => {
    stream.off('keypress', listener)
    try {
      stream.setRawMode(false)
    } catch {
      // There is no terminal any more to give back.
    }
    stream.pause()
  }
}
