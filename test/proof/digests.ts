import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import { prose } from '../../.vitepress/book/mutation-records.ts'

/** Of all that a verdict depends on, in two parts: a change of the first makes it void. */
export interface Digests {
  /** The lab's or the test's own files. */
  readonly own: string
  /** What carries every lab: the runtime, the kit, the application, … */
  readonly machinery: string
}

/** Below `labs/`, what is no lab. Its change can touch any verdict, and mostly touches none. */
const carries = /^labs\/(?!\d\d-)/
/** The command stands in front of all that: no check's verdict goes through it. */
const command = /^labs\/cli\//
/** Checks are written with it. Every lab's solution tries it out when it has changed. */
const kit = /^labs\/kit\//
/** Where each name stands that checks import; and what goes around every check. */
const [kitIndex, kitSetup] = ['labs/kit/index.ts', 'labs/kit/setup.ts']
/** `labs/servers/nginx.ts`, and what it keeps in `labs/servers/nginx/`; `kind/` is what all kinds share. */
const ofServerKind = /^labs\/servers\/(?!kind\/)(\w+)(?:\.ts$|\/)/
/** Of machines and kernels of their own. Labs of containers alone mount it, and run none of it. */
const ofMachines = /^labs\/runtime\/(?:director|machines)\//
/** Who reaches the checker runs a lab, and finds by their folders what no import names. */
const checker = /^labs\/checker\//
const notOurs = /(?:^|\/)(?:node_modules|work(?:\.[^/]*)?)(?:\/|$)|^\.vitepress\/(?:cache|dist)\//
/** What carries every page of the built site. */
const site = [
  '.vitepress',
  'snippets',
  'exercises',
  'labs/catalog',
  'labs/vitest-worker',
  'labs/language.ts',
  'labs/comments.ts',
]
/** What the pages that are no chapters are made of, besides their text. */
const gathered =
  /^docs\/(?:terms\/|planned-chapters\.yaml$)|^labs\/\d\d-[^/]+\/(?:lab|answers)\.yaml$/

/** Reads the project's files once. `root` is its folder. */
export class Sources {
  readonly #root: string
  readonly #texts = new Map<string, Buffer>()
  readonly #carriers = new Map<string, string>()
  /** What each file imports or names. */
  readonly #named = new Map<string, readonly string[]>()
  /** The file of the kit in which each name stands that checks import. */
  #kitHomes: ReadonlyMap<string, string> | undefined

  constructor(root: string) {
    this.#root = root
  }

  /**
   * What an answer's verdict depends on: its files over the solution's, its task's check, and all that
   * the lab's folder has besides. `lab` is the folder's name.
   */
  ofAnswer(lab: string, task: string, files: ReadonlyMap<string, string>): Digests {
    const others = /^(?:starter\/|answers\.yaml$|mutants\.yaml$|checks\/(.+)\.test\.ts$)/
    const isWanted = (path: string) => {
      const other = others.exec(path)
      return !other || other[1] === task
    }
    const own = this.#ownOf(lab, isWanted)
    const digest = this.#ofLab(lab, own)
    for (const [file, text] of files) digest.text(file, text)
    return { own: digest.hex(), machinery: this.#machineryOf(lab, own) }
  }

  /** What it depends on that the starter fails: all that the lab's folder has besides answers. */
  ofStarter(lab: string): Digests {
    const others = /^(?:solution\/|answers\.yaml$|mutants\.yaml$)/
    const own = this.#ownOf(lab, (path) => !others.test(path))
    return { own: this.#ofLab(lab, own).hex(), machinery: this.#machineryOf(lab, own) }
  }

  /** Files of the lab, of those that are wanted by their path in its folder. */
  #ownOf(lab: string, isWanted: (path: string) => boolean): readonly string[] {
    const folder = `labs/${lab}/`
    return this.#below(`labs/${lab}`).filter((path) => isWanted(path.slice(folder.length)))
  }

  /** Those of the lab's files; its definition without the words that are for the reader's eyes. */
  #ofLab(lab: string, own: readonly string[]): Digest {
    const definition = `labs/${lab}/lab.yaml`
    return new Digest(this.#read)
      .files(own.filter((path) => path !== definition))
      .text(definition, withoutWords(this.#read(definition).toString()))
  }

  /** What a test file's verdict depends on: itself and all that it imports or names. */
  ofTest(file: string): Digests {
    const used = this.#reachedFrom([file], (path) => !carries.test(path))
    if (!file.endsWith('.browser.test.ts'))
      return {
        own: new Digest(this.#read).files(used).hex(),
        machinery: file.startsWith('test/labs/') ? this.#machineryUnder(file) : this.machinery(),
      }
    const own = new Digest(this.#read).files([...used, ...this.#pagesOpenedBy(file)])
    return { own: own.hex(), machinery: this.#site() }
  }

  /** What a text's verdict depends on, if all of these judge it. */
  ofText(text: string, ...judges: readonly [Digests, ...Digests[]]): Digests {
    const digest = new Digest(this.#read).text('', text)
    for (const { own } of judges) digest.text('', own)
    return { own: digest.hex(), machinery: judges[0].machinery }
  }

  /** The texts of the pages that are named in this file: `openPage('/glossary')`. */
  #pagesOpenedBy(file: string): readonly string[] {
    const text = this.#read(file).toString()
    const slugs = [...text.matchAll(/'\/([a-z-]*)'/g)].map(([, slug]) => slug!)
    return [...new Set(slugs)]
      .flatMap((slug) => textsOf(slug))
      .filter((path) => existsSync(join(this.#root, path)))
  }

  /** What a page's verdict depends on: its text in each language. `slug` is empty for the first page. */
  ofPage(slug: string): Digests {
    const texts = textsOf(slug)
    const lab = this.#below('labs').filter((path) => path.endsWith(`-${slug}/lab.yaml`))
    const data = [...this.#below('docs'), ...this.#below('labs')].filter((p) => gathered.test(p))
    const isChapter = /^chapter:/m.test(this.#read(texts[0]!).toString())
    const own = new Digest(this.#read).files([...texts, ...(isChapter ? lab : data)])
    return { own: own.hex(), machinery: this.#site() }
  }

  /** What carries every lab. */
  machinery(): string {
    return this.#carrier('labs', () => this.#carriersOfLabs().filter((path) => !command.test(path)))
  }

  /**
   * What carries this lab when it is judged by the checks among these files of its own: of the kinds of
   * server those that it has, of the kit what its checks import by name; and what any of that imports.
   */
  #machineryOf(lab: string, own: readonly string[]): string {
    const folder = `labs/${lab}/`
    const checks = own.filter((path) => path.startsWith(`${folder}checks/`))
    const { changes, machines } = parse(this.#read(`${folder}lab.yaml`).toString()) as {
      readonly changes: readonly { readonly by: string }[]
      readonly machines?: readonly string[]
    }
    const kinds = new Set(changes.map(({ by }) => by))
    const isOfOther = (path: string) => {
      const [, kind] = ofServerKind.exec(path) ?? []
      return kit.test(path) || (kind !== undefined && !kinds.has(kind))
    }
    const first = this.#carriersOfLabs().filter((path) => !isOfOther(path))
    const used = [kitSetup, ...this.#kitOf(checks)].sort()
    const isFollowed = (path: string) =>
      carries.test(path) &&
      !command.test(path) &&
      (machines !== undefined || !ofMachines.test(path))
    return this.#carrier([...kinds, ...used, machines !== undefined].join(), () =>
      this.#reachedFrom([...first, ...used], isFollowed),
    )
  }

  /** The files of the kit from which these checks import something; all of it where one takes all. */
  #kitOf(checks: readonly string[]): readonly string[] {
    const homes = (this.#kitHomes ??= this.#homesInKit())
    return checks.flatMap((check) => {
      const text = this.#read(check).toString()
      const imports = [
        ...text.matchAll(/import (?:type )?(?:\{([^}]*)\}|[^;{']*) from '#labs\/kit'/g),
      ]
      return imports.flatMap(([, names]) =>
        names === undefined
          ? [kitIndex]
          : namesIn(names).map((name) => homes.get(name) ?? kitIndex),
      )
    })
  }

  #homesInKit(): ReadonlyMap<string, string> {
    const index = this.#read(kitIndex).toString()
    const homes = [...index.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g)].flatMap(
      ([, names = '', home = '']) => {
        const file = this.#name(resolve(this.#root, kitIndex, '..', home))
        return namesIn(names).map((name) => [name, file] as const)
      },
    )
    return new Map(homes)
  }

  /** What a test of the machinery tries out: all that it reaches, and all but the kit if it runs a lab. */
  #machineryUnder(file: string): string {
    const reached = this.#reachedFrom([file]).filter((path) => carries.test(path))
    const found = reached.some((path) => checker.test(path))
      ? this.#carriersOfLabs().filter((path) => !kit.test(path))
      : []
    return this.#carrier(file, () => [...new Set([...reached, ...found])])
  }

  #carriersOfLabs = () => this.#below('labs').filter((path) => carries.test(path))

  #site = () => this.#carrier('site', () => site.flatMap((path) => this.#below(path)))

  #carrier(name: string, files: () => readonly string[]): string {
    const found = this.#carriers.get(name)
    if (found) return found
    const packages = JSON.stringify(this.#packages())
    const digest = new Digest(this.#read).files(files()).text('package.json', packages).hex()
    this.#carriers.set(name, digest)
    return digest
  }

  #packages(): unknown {
    const text = this.#read('package.json').toString()
    return (JSON.parse(text) as { dependencies: unknown }).dependencies
  }

  /** Files below a folder, or the file itself, named from the root. */
  #below(path: string): string[] {
    const full = join(this.#root, path)
    if (!statSync(full).isDirectory()) return [path]
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => this.#name(join(entry.parentPath, entry.name)))
      .filter((name) => !prose.test(name) && !notOurs.test(name))
  }

  /** The files, and what they import or name, and what that does; those that `isFollowed` lets pass. */
  #reachedFrom(
    files: readonly string[],
    isFollowed: (path: string) => boolean = () => true,
  ): string[] {
    const seen = new Set<string>()
    const visit = (path: string): void => {
      if (seen.has(path) || !isFollowed(path) || !existsSync(join(this.#root, path))) return
      seen.add(path)
      this.#namedIn(path).forEach(visit)
    }
    files.forEach(visit)
    return [...seen]
  }

  #namedIn(path: string): readonly string[] {
    if (!/\.(?:m?ts|mjs|vue)$/.test(path)) return []
    const known = this.#named.get(path)
    if (known) return known
    const text = this.#read(path).toString()
    const found = [...text.matchAll(references)].flatMap(([, imported, named]) => {
      const target = this.#name(resolve(this.#root, path, '..', (imported ?? named)!))
      // A folder above is a starting point for paths, not something that the test reads.
      if (!target || path.startsWith(`${target}/`) || target.startsWith('..')) return []
      return existsSync(join(this.#root, target)) ? this.#below(target) : []
    })
    this.#named.set(path, found)
    return found
  }

  #read = (path: string): Buffer => {
    const known = this.#texts.get(path)
    if (known) return known
    const text = readFileSync(join(this.#root, path))
    this.#texts.set(path, text)
    return text
  }

  #name = (path: string) => relative(this.#root, path).split(sep).join('/')
}

/** A page's text in each language. */
const textsOf = (slug: string) =>
  ['docs', 'docs/zh'].map((folder) => `${folder}/${slug || 'index'}.md`)

/** `a, type B, c as d` → a, B, c. */
const namesIn = (list: string): readonly string[] =>
  list.split(',').flatMap((one) => /^\s*(?:type\s+)?(\w+)/.exec(one)?.slice(1) ?? [])

/** What a `lab.yaml` has for the reader's eyes: no verdict goes by it. */
const words = ['title', 'summary', 'runs', 'minutes', 'route']

function withoutWords(definition: string): string {
  const parsed: unknown = parse(definition)
  return JSON.stringify(parsed, (key, value: unknown) => (words.includes(key) ? undefined : value))
}

/** An import, or a file that is named to be mounted or read: `new URL('…', import.meta.url)`. */
const references =
  /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'|new URL\(\s*'([^':]+)',\s*import\.meta\.url/g

class Digest {
  readonly #hash = createHash('sha256')
  readonly #read: (path: string) => Buffer

  constructor(read: (path: string) => Buffer) {
    this.#read = read
  }

  files(paths: readonly string[]): this {
    for (const path of [...paths].sort()) this.text(path, this.#read(path))
    return this
  }

  text(name: string, text: string | Buffer): this {
    this.#hash.update(`${name}\0`).update(text).update('\0')
    return this
  }

  /** 64 bits are enough to see a change. */
  hex = () => this.#hash.digest('hex').slice(0, 16)
}
