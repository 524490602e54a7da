interface Parts {
  readonly environment: 'node' | 'browser'
  /** What `inject` finds. */
  readonly provided?: object
}

/**
 * What `vitest` expects to find when it is imported outside its own pool, so it comes before that
 * import: the least that `expect`, `vi` and `inject` read. Internals of vitest 4.1, hence the pinned
 * version and the tests in Node and in a browser.
 */
export function standInForPool({ environment, provided = {} }: Parts): void {
  Object.assign(globalThis, {
    __vitest_worker__: {
      filepath: '',
      ctx: {},
      config: { expect: {}, fakeTimers: {}, snapshotOptions: { updateSnapshot: 'none' } },
      providedContext: provided,
      environment: { name: environment },
      rpc: {},
      durations: {},
      onCleanup: () => undefined,
    },
  })
}
