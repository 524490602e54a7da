import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { typescript } from '../../real/typescript.ts'

/** A server process that runs one answer to the exercise, and what it has said so far. */
export interface RealServer {
  readonly process: ChildProcess
  readonly said: readonly string[]
  /** Resolves when the process has said this. */
  hears(message: string): Promise<void>
  /** A GET on a connection that is kept alive: the status and the text, or `lost`. */
  get(path: string): Promise<string>
  answerSlowRequests(): void
  /** The exit code, or the signal that ended it. */
  readonly exit: Promise<number | string>
}

export async function startServer(answer: string): Promise<RealServer> {
  const child = fork(join(import.meta.dirname, 'server-process.ts'), [answer], {
    execArgv: [...typescript],
  })
  const said: string[] = []
  child.on('message', (message) => said.push(String(message)))
  // The last message may arrive after the exit; the channel's end comes last.
  const exit = Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(
    ([[code, signal]]) => (code ?? signal) as number | string,
  )
  const agent = new Agent({ keepAlive: true })
  void exit.then(() => agent.destroy())

  const hears = async (message: string) => {
    while (!said.some((line) => line.startsWith(message))) await once(child, 'message')
  }
  await hears('listening')
  const port = Number(said[0]!.split(' ').at(-1))

  return {
    process: child,
    said,
    hears,
    exit,
    get: (path) =>
      new Promise((resolve) => {
        const lost = () => resolve('lost')
        get({ port, host: '127.0.0.1', path, agent }, (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (part: string) => (text += part))
          response.on('end', () => resolve(`${response.statusCode} ${text}`.trim()))
          response.on('error', lost)
        }).on('error', lost)
      }),
    answerSlowRequests: () => void child.send('answer'),
  }
}
