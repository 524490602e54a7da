import { transform } from 'sucrase'

type Exports = Record<string, unknown>
type Factory = (module: { exports: Exports }, exports: Exports, require: Require) => void
type Require = (name: string) => unknown

/** A text that the transpiler could not read. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

/**
 * A few TypeScript modules in memory. Lines stay where they were, so that an error's stack names
 * the line that its author wrote.
 */
export class Modules {
  readonly #given: Readonly<Record<string, unknown>>
  readonly #run: (script: string) => unknown
  readonly #factories = new Map<string, Factory>()
  readonly #loaded = new Map<string, { exports: Exports }>()

  /**
   * `given`: modules that are there already, by the name in the import. `run` gives an expression's
   * value: the text sees the global scope, and nothing of ours.
   */
  constructor(given: Readonly<Record<string, unknown>>, run: (script: string) => unknown) {
    this.#given = given
    this.#run = run
  }

  /** Transpiles a module, to be found as `./name`; in stacks it is called `shownAs`. */
  add(name: string, source: string, shownAs: string = name): void {
    this.#factories.set(name, this.#run(scriptOf(source, shownAs)) as Factory)
  }

  load(name: string): unknown {
    const loaded = this.#loaded.get(name)
    if (loaded) return loaded.exports
    const module: { exports: Exports } = { exports: {} }
    this.#loaded.set(name, module) // before it runs: modules may import each other in a circle
    this.#factories.get(name)!(module, module.exports, (other) => this.#require(other))
    return module.exports
  }

  #require(name: string): unknown {
    if (Object.hasOwn(this.#given, name)) return this.#given[name]
    const file = name.replace(/^\.\//, '')
    if (this.#factories.has(file)) return this.load(file)
    throw new Error(`there is no module '${name}' here`)
  }
}

const scriptOf = (source: string, shownAs: string) =>
  `(function (module, exports, require) {${transpile(source)}\n})\n//# sourceURL=${shownAs}`

function transpile(source: string): string {
  try {
    const options = { transforms: ['typescript', 'imports'], disableESTransforms: true } as const
    return transform(source, { ...options, transforms: [...options.transforms] }).code
  } catch (error) {
    throw new UnreadableError((error as Error).message)
  }
}
