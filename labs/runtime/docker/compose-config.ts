import { readFileSync } from 'node:fs'
import type { ExecResult } from '../runtime.ts'
import { compose, composeArguments, docker, type RunOptions } from './docker-cli.ts'
import { composeEnvironment, ownComposeFiles, type Place, sharedFiles } from './place.ts'

/** What Compose makes of a lab's files, as much of it as we look at. */
export interface ComposeConfig {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks?: Readonly<Record<string, ComposeNetwork>>
}
interface ComposeNetwork {
  readonly name: string
  readonly ipam?: { readonly config?: readonly { readonly subnet?: string }[] }
}
interface ComposeService {
  readonly healthcheck?: object
  readonly ports?: readonly PublishedPort[]
  readonly networks?: Readonly<Record<string, { readonly ipv4_address?: string } | null>>
}
interface PublishedPort {
  readonly host_ip?: string
  readonly published?: string
}

/** The last answer for each project, and what it was the answer to. */
const answers = new Map<string, { readonly asked: string; readonly result: ExecResult }>()

/** `docker compose config` takes 0.2 s of a processor: it is asked once for each state of the files. */
export async function resolveConfig(place: Place, options?: RunOptions): Promise<ExecResult> {
  const asked = questionOf(place)
  const known = answers.get(place.project)
  if (known && known.asked === asked) return known.result
  const result = await compose(place, ['config', '--format', 'json'], options)
  if (result.exitCode === 0 && asked) answers.set(place.project, { asked, result })
  return result
}

/**
 * All that the answer depends on: the files' text, and what they may interpolate. Undefined where the
 * reader's read other files; the lab's own read one, which is known.
 */
function questionOf(place: Place): string | undefined {
  const args = composeArguments(place)
  const files = args.flatMap((arg, at) => (args[at - 1] === '--file' ? [arg] : []))
  const own = [...ownComposeFiles(place), ...sharedFiles(place)]
  const others = files.filter((file) => !own.includes(file)).map(textOf)
  if (others.some((text) => /\b(?:include|extends|env_file)\b/.test(text))) return undefined
  return JSON.stringify([composeEnvironment(place), files, own.map(textOf), others])
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Compose has the better words for it.
    return ''
  }
}

/** Of files that Compose has taken before. */
export async function readConfig(place: Place, options?: RunOptions): Promise<ComposeConfig> {
  return parsed(await resolveConfig(place, options))
}

/** The services that the lab's Compose files ask for. */
export async function wantedServices(place: Place, options?: RunOptions): Promise<string[]> {
  return Object.keys((await readConfig(place, options)).services)
}

/**
 * Of the lab's own files alone: what the reader says of a server is not in it, and a server that the
 * reader has to write may lack what every server needs.
 */
export async function readOwnConfig(place: Place): Promise<ComposeConfig> {
  const { lab, project } = place
  const where = ['--project-name', project, '--project-directory', lab.folder]
  const files = ownComposeFiles(place).flatMap((file) => ['--file', file])
  const options = ['--no-consistency', '--format', 'json']
  return parsed(await docker(place, ['compose', ...where, ...files, 'config', ...options]))
}

const parsed = ({ stdout }: ExecResult) =>
  (stdout ? JSON.parse(stdout) : { services: {} }) as ComposeConfig
