import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** An answer, byte for byte as characters. */
export interface RawAnswer {
  readonly status: number
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How many requests are on the way at once; nginx answers them in order. */
const depth = 64

/**
 * Sends requests as they stand, `../` and all, over one connection that is kept alive, and goes on
 * over a new one whenever the server hangs up.
 */
export async function askRaw(port: number, requests: readonly string[]): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = []
  while (answers.length < requests.length) {
    const before = answers.length
    await askUntilClosed(port, requests, answers)
    if (answers.length === before) throw new Error('nginx hung up without an answer.')
  }
  return answers
}

async function askUntilClosed(port: number, requests: readonly string[], answers: RawAnswer[]) {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  await once(socket, 'connect')
  let sent = answers.length
  const send = () => {
    const end = Math.min(requests.length, answers.length + depth)
    if (end - sent < depth / 2 && end < requests.length) return
    if (end > sent) socket.write(requests.slice(sent, end).join(''), 'latin1')
    sent = Math.max(sent, end)
  }
  send()
  for await (const answer of read(socket)) {
    answers.push(answer)
    if (answers.length === requests.length || answer.headers.connection === 'close') break
    send()
  }
  socket.destroy()
}

async function* read(socket: Socket): AsyncGenerator<RawAnswer> {
  let text = ''
  socket.setEncoding('latin1')
  for await (const chunk of socket as AsyncIterable<string>) {
    text += chunk
    for (let found = cut(text); found; found = cut(text)) {
      text = text.slice(found.length)
      yield found.answer
    }
  }
}

/** The first whole answer in the text. */
function cut(text: string): { readonly answer: RawAnswer; readonly length: number } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const status = Number(first.split(' ')[1])
  // A 304 may say how long the page is that it does not send.
  const length = end + 4 + (status === 304 ? 0 : Number(headers['content-length'] ?? 0))
  if (text.length < length) return undefined
  return {
    answer: { status, headers, body: text.slice(end + 4, length) },
    length,
  }
}
