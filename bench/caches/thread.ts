import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Task } from './tasks.ts'

/** What a thread is begun with. */
export interface Started {
  readonly task: Task
  readonly contender: string
  readonly size: number
}

/** A round of this number, or what is measured once. */
export type Asked = number | 'facts'

export interface Told {
  readonly pace: number
  readonly facts: Readonly<Record<string, number>>
}

/** A contender in a thread of this process. */
export class Thread {
  readonly contender: string
  readonly #worker: Worker

  private constructor(contender: string, worker: Worker) {
    this.contender = contender
    this.#worker = worker
  }

  static async open(started: Started): Promise<Thread> {
    const worker = new Worker(new URL('./start.mjs', import.meta.url), { workerData: started })
    await once(worker, 'message')
    return new Thread(started.contender, worker)
  }

  async ask(asked: Asked): Promise<Told> {
    const answer = once(this.#worker, 'message') as Promise<[Told]>
    this.#worker.postMessage(asked)
    return (await answer)[0]
  }

  close = () => this.#worker.terminate()
}
