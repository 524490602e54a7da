/**
 * A FastCGI application in one file (https://fastcgi-archives.github.io/FastCGI_Specification.html):
 * reads the parameters of each request, and says which script it was asked to run.
 */
import { createServer } from 'node:net'

const type = { begin: 1, end: 3, params: 4, stdin: 5, stdout: 6 }

// #region record
/** Version 1, the type, which request it belongs to, how long the content is: eight bytes. */
function record(kind: number, request: number, content: Buffer): Buffer {
  const header = Buffer.from([1, kind, 0, 0, 0, 0, 0, 0])
  header.writeUInt16BE(request, 2)
  header.writeUInt16BE(content.length, 4)
  return Buffer.concat([header, content])
}
// #endregion record

// #region params
/** Pairs of lengths, names and values; a length over 127 takes four bytes, the first bit set. */
function readParams(bytes: Buffer): Map<string, string> {
  const params = new Map<string, string>()
  let at = 0
  const length = () => {
    if (bytes[at]! < 128) return bytes[at++]!
    at += 4
    return bytes.readUInt32BE(at - 4) & 0x7fffffff
  }
  const text = (size: number) => bytes.toString('utf8', at, (at += size))
  while (at < bytes.length) {
    const [name, value] = [length(), length()]
    params.set(text(name), text(value))
  }
  return params
}
// #endregion params

function answer(params: ReadonlyMap<string, string>): Buffer {
  const body = `${params.get('REQUEST_METHOD')} ${params.get('REQUEST_URI')}\n`
  return Buffer.from(`Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n${body}`)
}

createServer((socket) => {
  let pending = Buffer.alloc(0)
  let params = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      if (pending.length < 8) return
      const [size, padding] = [pending.readUInt16BE(4), pending[6]!]
      if (pending.length < 8 + size + padding) return
      const [kind, request] = [pending[1], pending.readUInt16BE(2)]
      const content = pending.subarray(8, 8 + size)
      pending = pending.subarray(8 + size + padding)
      if (kind === type.params) params = Buffer.concat([params, content])
      // An empty record ends the body, and with it the request.
      if (kind !== type.stdin || size > 0) continue
      const none = Buffer.alloc(0)
      socket.write(record(type.stdout, request, answer(readParams(params))))
      socket.write(record(type.stdout, request, none))
      socket.end(record(type.end, request, Buffer.alloc(8)))
    }
  })
  socket.on('error', () => socket.destroy())
}).listen(9000, 'tea-counter', () => process.send?.('listening'))
