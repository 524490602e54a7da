import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'

export interface Written {
  readonly key: string
  readonly atMs: number
  /** What Redis said instead of OK. */
  readonly refusal?: string
}

/** About a hundred times a second somebody writes something new, and notes what came of it. */
export function writeSteadily(redis: Redis) {
  const all: Written[] = []
  let isOver = false
  const writing = (async () => {
    for (let number = 1; !isOver; number++) {
      const key = `login:${number}`
      const refusal = await redis.set(key, 'tea').then(
        () => undefined,
        ({ message }: Error) => message,
      )
      all.push({ key, atMs: performance.now(), refusal })
      await pause(10)
    }
  })()
  const stop = async () => {
    isOver = true
    await writing
  }
  onTestFinished(stop)
  return { all: all as readonly Written[], stop }
}
