import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export type Said = string | number | boolean | null | Error | readonly Said[]

interface Answer {
  readonly said: Said
  /** Nobody has asked for it: it may come between two answers. */
  readonly isPush: boolean
  /** Where the next one begins. */
  readonly end: number
}

/**
 * The answer that begins here, by Redis' protocol RESP3; undefined as long as it is not all there.
 * A map comes as a list of names and values by turns.
 */
export function readAnswer(bytes: Buffer, at = 0): Answer | undefined {
  const lineEnd = bytes.indexOf('\r\n', at)
  if (lineEnd < 0) return undefined
  const kind = bytes.toString('latin1', at, at + 1)
  const line = bytes.toString('utf8', at + 1, lineEnd)
  const end = lineEnd + 2
  const all = (said: Said): Answer => ({ said, isPush: false, end })
  switch (kind) {
    case '+':
      return all(line)
    case '-':
      return all(new Error(line))
    case ':':
    case ',':
      return all(Number(line))
    case '#':
      return all(line === 't')
    case '_':
      return all(null)
    case '$': {
      const until = end + Number(line)
      if (bytes.length < until + 2) return undefined
      return { said: bytes.toString('utf8', end, until), isPush: false, end: until + 2 }
    }
    case '*':
    case '~':
    case '>':
      return readList(bytes, end, Number(line), kind === '>')
    case '%':
      return readList(bytes, end, 2 * Number(line), false)
    default:
      throw new Error(`no answer in RESP3 begins with ${kind}`)
  }
}

function readList(bytes: Buffer, at: number, length: number, isPush: boolean): Answer | undefined {
  const said: Said[] = []
  let end = at
  while (said.length < length) {
    const one = readAnswer(bytes, end)
    if (!one) return undefined
    said.push(one.said)
    end = one.end
  }
  return { said, isPush, end }
}

interface Waiting {
  readonly resolve: (said: Said) => void
  readonly reject: (error: Error) => void
}

/** A connection by RESP3, on which Redis may also say what nobody has asked for. */
export class Resp3 {
  readonly #socket: Socket
  readonly #waiting: Waiting[] = []
  #bytes = Buffer.alloc(0)
  /** Resolves when nobody can be heard on it any more. */
  readonly closed: Promise<void>
  onPush: (push: readonly Said[]) => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (data) => this.#take(data))
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    void this.closed.then(() => this.#giveUp())
  }

  /** On 127.0.0.1, until the test is over. */
  static async open(port: number): Promise<Resp3> {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    const connection = new Resp3(socket)
    await connection.call('HELLO', '3')
    return connection
  }

  call(...words: readonly string[]): Promise<Said> {
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#socket.write(`*${words.length}\r\n${parts.join('')}`)
    })
  }

  #take(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data])
    for (;;) {
      const answer = readAnswer(this.#bytes)
      if (!answer) return
      this.#bytes = this.#bytes.subarray(answer.end)
      this.#deliver(answer)
    }
  }

  #deliver({ said, isPush }: Answer): void {
    if (isPush) return this.onPush(said as readonly Said[])
    const { resolve, reject } = this.#waiting.shift()!
    if (said instanceof Error) reject(said)
    else resolve(said)
  }

  #giveUp(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the connection is closed'))
  }
}
