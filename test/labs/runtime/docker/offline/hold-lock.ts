import { once } from 'node:events'
import { withLock } from '../../../../../labs/runtime/docker/offline/lock.ts'

/** Takes the lock, says so, and keeps it until standard input ends. */
await withLock(process.argv[2] ?? '', async () => {
  process.stdout.write('held\n')
  await once(process.stdin.resume(), 'end')
})
