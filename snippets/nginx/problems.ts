import { ConfigError } from './config-error.ts'

/** Collects what is wrong, so that all of it is told together. */
export class Problems {
  readonly #found: ConfigError[]

  constructor(before: readonly ConfigError[]) {
    this.#found = [...before]
  }

  /** What `read` returns; undefined when it met a `ConfigError`, which is kept. */
  take<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      this.#found.push(error)
      return undefined
    }
  }

  /** All of them and these, in the order of the file. */
  with(others: readonly ConfigError[]): readonly ConfigError[] {
    return [...this.#found, ...others].toSorted((a, b) => a.line - b.line)
  }
}
