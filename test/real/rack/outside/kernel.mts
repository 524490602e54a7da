/**
 * A Linux kernel as an ordinary process of the container: User-Mode Linux
 * (https://www.kernel.org/doc/html/latest/virt/uml/user_mode_linux_howto_v2.html).
 * Run by Node itself: erasable types only.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Kernel {
  /** Asks the program inside, and waits for its answer. */
  ask(path: string, wanted: unknown): Promise<unknown>
  /** Resolves when the kernel has come to its end, with the last of what it said. */
  readonly ended: Promise<string>
}

/** A wish goes in as a file of its own: a serial line drops what comes faster than it is read. */
const wishes = '/tmp/wishes'

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Resolves once the program inside obeys. */
export async function bootKernel(init: string, memory: string): Promise<Kernel> {
  mkdirSync(wishes, { recursive: true })
  const child = spawn(
    'linux.uml',
    [
      ...[
        `mem=${memory}`,
        'rootfstype=hostfs',
        'rootflags=/',
        'ro',
        'init=/bin/sh',
        'quiet',
        'seccomp=auto',
      ],
      // Its first serial line is our pipe, its console our log.
      ...['con=null', 'con0=null,fd:1', 'ssl=null', 'ssl0=fd:3,fd:4', 'uml_dir=/tmp/'],
      // For the shell: what it runs need not be executable.
      ...['--', init],
    ],
    // Its memory is a file in TMPDIR, mapped as a program: /dev/shm does not allow that.
    {
      env: { ...process.env, TMPDIR: '/tmp', HOME: '/tmp' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    },
  )
  const [, , , input, output] = child.stdio as unknown as [
    null,
    NodeJS.ReadableStream,
    NodeJS.ReadableStream,
    NodeJS.WritableStream,
    NodeJS.ReadableStream,
  ]
  const said: string[] = []
  for (const stream of [child.stdout!, child.stderr!])
    createInterface(stream).on('line', (line) => {
      process.stdout.write(`${line}\n`)
      said.push(line)
      if (said.length > 40) said.shift()
    })
  const waiting = new Map<number, Waiting>()
  const ready = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }))
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(said.join('\n'))))
  void ended.then((words) => {
    for (const { reject } of waiting.values()) reject(new Error(`the kernel has ended\n${words}`))
  })
  createInterface(output).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as {
      id: number
      result?: unknown
      error?: string
    }
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(result)
    else one?.reject(new Error(error))
  })
  let count = 0
  await ready
  return {
    ended,
    ask(path, wanted) {
      const id = ++count
      const file = join(wishes, String(id))
      writeFileSync(file, JSON.stringify({ path, wanted }))
      input.write(`${id}\n`)
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
      return answer.finally(() => rmSync(file))
    },
  }
}
