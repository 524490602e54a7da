/**
 * `node lost-packet.mts '[{"port":8001,"silentForMs":400}, …]'`, in nginx's network. Behind each port
 * nginx asks 127.0.1.7:3000, where a process that has been stopped has a full queue: the kernel drops
 * the first packet of any further connection without a word, as a silent machine would. So many
 * milliseconds after the reader has asked, if ever, the process goes on. Prints the answers.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'

const place = { host: '127.0.1.7', port: 3000 }
const answer = 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'

if (process.argv[2] === 'server') {
  createServer((socket) => {
    socket.on('error', () => socket.destroy()).once('data', () => socket.end(answer))
  }).listen({ ...place, backlog: 1 }, () => process.send?.('listening'))
} else {
  const tries = JSON.parse(process.argv[2]!) as { port: number; silentForMs?: number }[]
  const answers: { status: number; ms: number }[] = []
  for (const wanted of tries) answers.push(await attempt(wanted))
  process.stdout.write(`${JSON.stringify(answers)}\n`)
}

async function attempt({ port, silentForMs }: { port: number; silentForMs?: number }) {
  const server = fork(import.meta.filename, ['server'])
  await once(server, 'message')
  server.kill('SIGSTOP')
  const fillers = await fillQueue()
  const begun = performance.now()
  const answered = ask(port)
  if (silentForMs !== undefined) setTimeout(() => server.kill('SIGCONT'), silentForMs)
  const status = await answered
  const ms = performance.now() - begun
  for (const filler of fillers) filler.destroy()
  const exit = once(server, 'exit')
  server.kill('SIGKILL')
  await exit
  return { status, ms }
}

/** Connections until one is not taken any more. */
async function fillQueue(): Promise<readonly Socket[]> {
  const fillers: Socket[] = []
  for (;;) {
    const filler = connect(place).on('error', () => undefined)
    fillers.push(filler)
    const taken = new Promise((resolve) => {
      filler.once('connect', () => resolve(true))
      setTimeout(() => resolve(false), 200)
    })
    if (!(await taken)) return fillers
  }
}

function ask(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent: false }, (incoming) => {
      incoming.resume().on('end', () => resolve(incoming.statusCode ?? 0))
    })
      .on('error', reject)
      .end()
  })
}
