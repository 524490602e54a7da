import type { z } from 'zod'
import type { Problem } from './problem.ts'
import type { ExecResult, World } from './world.ts'

/** How a change to the reader's files reaches the servers, as `lab.yaml` says it. */
export interface Change {
  /** The kind of server: the name of a file in `labs/servers/`. */
  readonly by: string
  /** A file, or a folder with a slash at its end. */
  readonly files: string
}

export interface SavedFile {
  /** Text has Unix line ends. */
  readonly bytes: Buffer
  readonly isExecutable: boolean
}

/** A folder's files, by their paths with forward slashes. */
export type Files = ReadonlyMap<string, SavedFile>

/** What the reader has made of the files of one change. */
export interface Edit<C extends Change = Change> {
  readonly change: C
  readonly now: Files
  /** The last good ones. */
  readonly before: Files
}

/** One, or those of all changes whose files include each other. */
export type Edits<C extends Change = Change> = readonly [Edit<C>, ...Edit<C>[]]

/**
 * From what others stand on to what stands on others: a name must exist before nginx may use it, and
 * an outer cache shall not keep an old copy of an inner one. In this order kinds are asked.
 */
export const tiers = [
  'image',
  'compose',
  'store',
  'application',
  'cache',
  'proxy',
  'director',
  'machine',
] as const

/** All that the rest of the labs must know of one kind of server. What is not said does not apply. */
export interface ServerKind<C extends Change = Change> {
  /** Of its change in `lab.yaml`. */
  readonly change: z.ZodType<C>
  readonly tier: (typeof tiers)[number]
  /** The services or machines that a change concerns. */
  servers(change: C): readonly string[]

  /** Tries the files that stand in the live folder now, and changes nothing. */
  tryOut?(world: World, edits: Edits<C>): Promise<readonly Problem[]>
  /** Tries them, and has the servers use them; what it returns was refused. */
  take?(world: World, edits: Edits<C>): Promise<readonly Problem[]>
  /** The last good files are back: so shall be the servers. */
  takeBack?(world: World, edits: Edits<C>): Promise<void>
  /** Files of several changes include each other: they are tried and taken together. */
  readonly together?: boolean
  /** They say which servers run: tried one by one, then brought up at once with all of their like. */
  readonly saysWhatRuns?: boolean
  /** It looks every name up once, when it loads its files: other servers, other addresses. */
  readonly looksNamesUpOnce?: boolean
  /** May a file of its be gone? A reader may well put two into one, or name one anew. Default: none. */
  mayGo?(change: C, file: string): boolean

  /** As if nobody had asked yet. */
  emptyCache?(world: World, change: C): Promise<ExecResult>
  /** Forgets what it has learnt of dead servers. */
  refresh?(world: World, change: C): Promise<void>

  /** What the reader's files have to do with the last lines of a server: an error, and where it arose. */
  complaint?(words: string, change: C): Problem | undefined

  /** The service whose image is built from the reader's files. */
  builds?(change: C): string
  /** Which of its files Compose reads after the lab's own. */
  composeFile?(change: C): string
  /** Kernel settings that its machines boot with. */
  settings?(change: C): KernelSettings
  /** The official image has a curl. */
  readonly hasCurl?: boolean
}

export interface KernelSettings {
  readonly machines: readonly string[]
  /** Of sysctl.conf(5), in the reader's folder, and where it stands in the machine. */
  readonly file: string
  readonly path: string
  /** Which of Compose's networks a card is on: `eth0` → `front`. */
  readonly cards: Readonly<Record<string, string>>
}
