import { z } from 'zod'
import { kinds } from '../servers/kind/kinds.ts'
import type { Change } from '../servers/kind/server-kind.ts'

const text = z.object({ en: z.string().min(1), zh: z.string().min(1) })
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens')

/** Each kind of server says what its change is: `labs/servers/`. */
const change = z.looseObject({ by: z.string() }).transform((wish, { issues }): Change => {
  const parsed = kinds.get(wish.by)?.change.safeParse(wish)
  if (parsed?.success) return parsed.data
  const unknown = `${wish.by} is none of labs/servers/: ${[...kinds.keys()].join(', ')}`
  for (const { path, message } of parsed?.error.issues ?? [{ path: ['by'], message: unknown }])
    issues.push({ code: 'custom', path, message, input: wish })
  return z.NEVER
})

const names = z.array(z.string()).min(1)

const task = z.strictObject({
  id: slug,
  title: text,
  files: z.array(z.string()).min(1),
})

/** A node of the chapter's picture that an answer passes, and who that is in the lab. */
const stop = z.strictObject({
  node: z.string(),
  /** Where the lab calls it by another name; null where it has no such server. */
  server: z.string().nullable().optional(),
  /** By which the next server knows it: the last word of a line in that one's log. */
  address: z.ipv4().optional(),
})

/** `lab.yaml`: what a lab is. */
export const labSchema = z.strictObject({
  slug,
  title: text,
  summary: text,
  /** The servers in a few words, for a table. */
  runs: text,
  minutes: z.number().int().positive(),
  /** Official images, as `compose.yaml` names them. */
  images: z.array(z.string()).min(1),
  /** Where requests go when a check does not say. */
  front: z.object({ service: z.string(), port: z.number().int(), host: z.string() }),
  /** Published on 127.0.0.1: the environment variable that Compose reads, and the port we like. */
  ports: z.record(z.string(), z.object({ container: z.number().int(), prefer: z.number().int() })),
  /**
   * These servers want a kernel with IPVS, and each brings one (runtime/director/). Where the engine's
   * has it, they do without: so says this Compose file, on top of `compose.yaml`.
   */
  ipvs: z.strictObject({ servers: names, engine: z.string() }).optional(),
  /**
   * Servers that take their cards and addresses themselves, and can be cut off without noticing it
   * (runtime/machines/). The others are plain containers.
   */
  machines: names.default([]),
  changes: z.array(change).min(1),
  /** Equal servers behind the front, which `load` opens one by one. None: the front does it all. */
  scale: z.array(z.string()).default([]),
  /**
   * An answer's way over the chapter's picture (the stage of the same slug), from the readers' door to
   * the servers whose logs tell of it, so that `npm run dev` can draw it. A step with several stops is
   * one of them: at the end the one that tells; before it the one whose `address` is told; else the one
   * that holds the front's address. Absent: the front, then one of `scale`, under their own names.
   */
  route: z.array(z.array(stop).min(1)).min(1).optional(),
  tasks: z.array(task).min(1),
})

export type LabDefinition = z.infer<typeof labSchema>
export type Stop = z.infer<typeof stop>
export type Task = LabDefinition['tasks'][number]
