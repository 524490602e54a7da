import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import type { Problem } from '../../../labs/runtime/runtime.ts'

/** What `--json` tells while a lab is watched. */
export type LabEvent =
  | { readonly event: 'ready'; readonly url: string }
  | { readonly event: 'broken'; readonly problems: readonly Problem[] }
  | { readonly event: 'verdict'; readonly verdict: Verdict }
  | { readonly event: 'notice'; readonly text: string }
  | { readonly event: 'idle' }

export interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Milliseconds for anything that a test waits for: a busy machine is no bug. */
const patience = 120_000

/** A command under way: what it has printed so far, and a way to wait for more. */
export class RunningCommand {
  stdout = ''
  stderr = ''
  readonly ended: Promise<Outcome>
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting = new Set<() => void>()

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear('stdout', text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear('stderr', text))
    child.stdin.on('error', () => {})
    this.ended = new Promise((resolve) =>
      child.once('close', (code, signal) => {
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr })
        this.#wake()
      }),
    )
  }

  get pid(): number {
    return this.#child.pid!
  }

  get events(): readonly LabEvent[] {
    const lines = this.stdout.split('\n').slice(0, -1)
    return lines.filter(Boolean).map((line) => JSON.parse(line) as LabEvent)
  }

  /** To the whole group, as a terminal does for Ctrl-C. */
  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }

  type(keys: string): void {
    this.#child.stdin.write(keys)
  }

  /** The reader's window is closed, or `| head` has seen enough. */
  closeOutput(): void {
    this.#child.stdout.destroy()
    this.#child.stderr.destroy()
  }

  /** Waits until the output, looked at anew after each piece, has what is wanted. */
  until<T>(what: string, look: () => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer)
        this.#waiting.delete(again)
        act()
      }
      const fail = (why: string) =>
        settle(() => reject(new Error(`${why}: ${what}\n${this.stdout}\n${this.stderr}`)))
      const again = () => {
        const found = look()
        if (found) settle(() => resolve(found))
        else if (this.#child.exitCode !== null) fail('ended while the test waited for')
      }
      const timer = setTimeout(() => fail('waited in vain for'), patience)
      this.#waiting.add(again)
      again()
    })
  }

  says(text: RegExp): Promise<boolean> {
    return this.until(String(text), () => text.test(this.stdout) || text.test(this.stderr))
  }

  /** Does something, then waits for the first event of the kind that comes after it. */
  async after<K extends LabEvent['event']>(
    kind: K,
    act: () => unknown,
    suits: (event: Extract<LabEvent, { event: K }>) => boolean = () => true,
  ): Promise<Extract<LabEvent, { event: K }>> {
    const seen = this.events.length
    await act()
    return this.until(`event ${kind}`, () =>
      this.events.slice(seen).find((one): one is Extract<LabEvent, { event: K }> => {
        return one.event === kind && suits(one as Extract<LabEvent, { event: K }>)
      }),
    )
  }

  #hear(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text
    this.#wake()
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look()
  }
}
