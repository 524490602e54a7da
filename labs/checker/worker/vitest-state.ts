import { workerData } from 'node:worker_threads'

/**
 * What `vitest` expects to find when it is imported outside its own pool: the least that `expect`,
 * `vi` and `inject` read. Internals of vitest 4.1, hence the pinned version and the smoke test.
 */
Object.assign(globalThis, {
  __vitest_worker__: {
    filepath: '',
    ctx: {},
    config: { expect: {}, fakeTimers: {}, snapshotOptions: { updateSnapshot: 'none' } },
    providedContext: workerData as object,
    environment: { name: 'node' },
    rpc: {},
    durations: {},
    onCleanup: () => undefined,
  },
})
