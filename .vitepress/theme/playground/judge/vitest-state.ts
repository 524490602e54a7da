/**
 * What `vitest` expects to find when it is imported outside its own pool: the least that `expect`
 * and `vi` read. Internals of vitest 4.1, hence the pinned version and the browser test.
 */
Object.assign(globalThis, {
  __vitest_worker__: {
    filepath: '',
    ctx: {},
    config: { expect: {}, fakeTimers: {}, snapshotOptions: { updateSnapshot: 'none' } },
    environment: { name: 'browser' },
    rpc: {},
    durations: {},
    onCleanup: () => undefined,
  },
})
