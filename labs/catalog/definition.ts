import { z } from 'zod'

const text = z.object({ en: z.string().min(1), zh: z.string().min(1) })
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens')

/**
 * How a change to the reader's files reaches the servers. `files` is a file, or a folder with a slash
 * at its end.
 */
const change = z.discriminatedUnion('by', [
  /** The image of this service is built anew from the folder, then Compose brings it up. */
  z.object({ files: z.string(), by: z.literal('image'), service: z.string() }),
  /** Compose brings up what differs. */
  z.object({ files: z.string(), by: z.literal('compose') }),
  /** `nginx -t`, then SIGHUP. `at` is the folder inside the container. */
  z.object({ files: z.string(), by: z.literal('nginx'), service: z.string(), at: z.string() }),
  /** `varnishadm vcl.load` and `vcl.use`. `at` is the folder inside the container, `main` its first file. */
  z.object({
    files: z.string(),
    by: z.literal('varnish'),
    service: z.string(),
    at: z.string(),
    main: z.string(),
  }),
  /** The module is loaded once on trial, then each service restarts in turn. */
  z.object({
    files: z.string(),
    by: z.literal('node'),
    services: z.array(z.string()).min(1),
    at: z.string(),
    module: z.string(),
    exports: z.array(z.string()).min(1),
  }),
  /** `keepalived --config-test`, then SIGHUP. */
  z.object({
    files: z.string(),
    by: z.literal('keepalived'),
    machines: z.array(z.string()).min(1),
  }),
  /** The machines are switched off and on: they come up with these files, or not at all. */
  z.object({ files: z.string(), by: z.literal('restart'), machines: z.array(z.string()).min(1) }),
])

const task = z.strictObject({
  id: slug,
  title: text,
  files: z.array(z.string()).min(1),
})

/** `lab.yaml`: what a lab is. */
export const labSchema = z.strictObject({
  slug,
  title: text,
  summary: text,
  minutes: z.number().int().positive(),
  /** Official images, as `compose.yaml` names them. */
  images: z.array(z.string()).min(1),
  /** Where requests go when a check does not say. */
  front: z.object({ service: z.string(), port: z.number().int(), host: z.string() }),
  /** Published on 127.0.0.1: the environment variable that Compose reads, and the port we like. */
  ports: z.record(z.string(), z.object({ container: z.number().int(), prefer: z.number().int() })),
  /**
   * Its servers want a kernel with IPVS. Where the engine's has none, this Compose file brings one, and
   * the servers are machines in it, laid out in the other file.
   */
  guest: z.object({ compose: z.string(), machines: z.string() }).optional(),
  changes: z.array(change).min(1),
  /** Equal servers behind the front, which `load` opens one by one. None: the front does it all. */
  scale: z.array(z.string()).default([]),
  tasks: z.array(task).min(1),
})

export type LabDefinition = z.infer<typeof labSchema>
export type Task = LabDefinition['tasks'][number]
export type Change = LabDefinition['changes'][number]
