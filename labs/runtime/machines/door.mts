/** The reader's front door, which leads to the client's place. Run by Node itself: erasable types only. */
import { createServer, request } from 'node:http'

/** Whoever comes to `port` is taken to where requests go that name no server. */
export function openDoor(port: number): void {
  const { FRONT_HOST: host, FRONT_PORT: front } = process.env
  createServer((incoming, outgoing) => {
    const { method, url: path, rawHeaders: headers } = incoming
    const onward = request({ host, port: front, method, path, headers, agent: false })
    const failed = (error: Error) => {
      if (outgoing.headersSent) return void outgoing.destroy()
      outgoing.writeHead(504, { 'content-type': 'text/plain' }).end(`${String(error)}\n`)
    }
    onward.setTimeout(10_000, () => onward.destroy(new Error('no answer in 10 s')))
    onward.on('error', failed)
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.on('error', failed)
      answer.pipe(outgoing)
    })
    incoming.on('error', () => onward.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }).listen(port)
}
