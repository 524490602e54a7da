import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { withLock } from '../../../../../labs/runtime/docker/offline/lock.ts'
import { typescript } from '../../../../real/typescript.ts'

const holders: ChildProcess[] = []
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL')
})

/** Another process that takes the lock and keeps it. */
async function holderOf(name: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('hold-lock.ts', import.meta.url))
  const holder = spawn(process.execPath, [...typescript, script, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  holders.push(holder)
  await once(holder.stdout!, 'data')
  return holder
}

const freshName = () => `four-tiers-test-${process.pid}-${performance.now()}`

test('only one at a time is inside, and the others come after in turn', async () => {
  const name = freshName()
  let inside = 0
  const most: number[] = []
  const visit = () =>
    withLock(name, async () => {
      most.push(++inside)
      await new Promise(setImmediate)
      inside--
    })
  await Promise.all([visit(), visit(), visit(), visit()])
  expect(most).toEqual([1, 1, 1, 1])
})

test('who waits is told the process that it waits for, and goes on when that one lets go', async () => {
  const name = freshName()
  const holder = await holderOf(name)
  const waitedFor: number[] = []
  const onWait = (pid: number): void => {
    waitedFor.push(pid)
    holder.stdin!.end()
  }
  expect(await withLock(name, () => Promise.resolve('in'), { onWait })).toBe('in')
  expect(waitedFor).toEqual([holder.pid])
})

test('a holder that is killed leaves no stale lock: the kernel takes it back', async () => {
  const name = freshName()
  const holder = await holderOf(name)
  const onWait = (): void => void holder.kill('SIGKILL')
  expect(await withLock(name, () => Promise.resolve('in'), { onWait })).toBe('in')
})

test('waiting can be given up', async () => {
  const name = freshName()
  await holderOf(name)
  const giveUp = new AbortController()
  const onWait = (): void => giveUp.abort(new Error('Ctrl-C'))
  const waiting = withLock(name, () => Promise.resolve(), { onWait, signal: giveUp.signal })
  await expect(waiting).rejects.toThrow('Ctrl-C')
})

test('work that fails lets go of the lock', async () => {
  const name = freshName()
  await expect(withLock(name, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await withLock(name, () => Promise.resolve('in'))).toBe('in')
})
