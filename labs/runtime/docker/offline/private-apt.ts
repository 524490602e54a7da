import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EnvironmentError } from '../../environment-error.ts'
import { DEFAULT_MIRROR, mirrorFrom, type SourceFile } from './apt-sources.ts'
import { run, stderrOf } from './command.ts'
import { ENGINE_RELEASE, TOOLS_RELEASE } from './packages.ts'

/** An apt with lists, state and cache of its own: the system's are neither read nor written. */
export interface PrivateApt {
  /** For anything that runs apt, mmdebstrap included. */
  readonly env: Readonly<Record<string, string>>
  /** The system's proxies and other transport settings, as a configuration for a container. */
  readonly acquire: string
  /** `deb` lines of one release. */
  source(release: string): string
  update(signal?: AbortSignal): Promise<void>
  download(packages: readonly string[], into: string, signal?: AbortSignal): Promise<void>
}

export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** `home` is a path without blanks, quotes or letters beyond ASCII: apt's syntax knows no escape. */
export async function privateApt(home: string, distribution: string): Promise<PrivateApt> {
  const root = join(home, 'apt')
  await mkdir(join(root, 'lists', 'partial'), { recursive: true })
  await mkdir(join(root, 'cache', 'archives', 'partial'), { recursive: true })
  await mkdir(join(root, 'etc', 'trusted.gpg.d'), { recursive: true })
  await mkdir(join(root, 'etc', 'preferences.d'), { recursive: true })
  const mirror = distribution === 'debian' ? mirrorFrom(await systemSources()) : DEFAULT_MIRROR
  const source = (release: string): string => `deb [signed-by=${KEYRING}] ${mirror} ${release} main`
  const releases = [ENGINE_RELEASE, TOOLS_RELEASE].map(source)
  const acquire = await systemTransport()
  await writeFile(join(root, 'status'), '')
  await writeFile(join(root, 'etc', 'sources.list'), `${releases.join('\n')}\n`)
  await writeFile(join(root, 'apt.conf'), configuration(root) + acquire)
  const env = { APT_CONFIG: join(root, 'apt.conf') }
  return {
    env,
    acquire,
    source,
    async update(signal) {
      try {
        // Without this, apt-get counts a mirror that does not answer as a mere warning.
        await run('apt-get', ['update', '-qq', '-o', 'APT::Update::Error-Mode=any'], {
          env,
          signal,
        })
      } catch (error) {
        throw unreachable(mirror, error) ?? error
      }
    },
    async download(packages, into, signal) {
      try {
        await run('apt-get', ['download', '-qq', ...packages], { env, signal, cwd: into })
      } catch (error) {
        throw unreachable(mirror, error) ?? error
      }
    },
  }
}

/** `/dev/null` where apt would look for the system's own files. */
const configuration = (root: string): string => `Dir::Etc "${root}/etc/";
Dir::Etc::sourcelist "sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::State "${root}/";
Dir::State::lists "${root}/lists/";
Dir::State::status "${root}/status";
Dir::Cache "${root}/cache/";
Dir::Log "${root}/";
APT::Sandbox::User "root";
APT::Architecture "${architecture()}";
APT::Architectures { "${architecture()}"; };
Acquire::Languages "none";
Acquire::GzipIndexes "true";
Acquire::Retries "2";
`

export const architecture = (): string => (process.arch === 'x64' ? 'amd64' : process.arch)

/** Proxies, time-outs, certificates: how this machine reaches a mirror, but none of apt's hooks. */
async function systemTransport(): Promise<string> {
  const dump = await run('apt-config', ['dump', 'Acquire'])
  return dump
    .split('\n')
    .filter((line) =>
      /^Acquire::(http|https|ftp|Check|Retries|ForceIPv|Max)[^ ]* "[^"]+"/i.test(line),
    )
    .join('\n')
    .concat('\n')
}

async function systemSources(): Promise<SourceFile[]> {
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => [])
  const names = [...parts.filter((name) => /\.(list|sources)$/.test(name)).sort()].map((name) =>
    join('/etc/apt/sources.list.d', name),
  )
  const files = ['/etc/apt/sources.list', ...names].map(async (name) => ({
    name,
    text: await readFile(name, 'utf8').catch(() => ''),
  }))
  return Promise.all(files)
}

function unreachable(mirror: string, error: unknown): EnvironmentError | undefined {
  const said = stderrOf(error)
  if (!/Failed to fetch|Could not (resolve|connect)|Unable to (connect|fetch)/i.test(said))
    return undefined
  const reason = said.split('\n').find((line) => /^E:|^W:|^Err/.test(line)) ?? ''
  return new EnvironmentError(
    `Debian’s mirror ${mirror} does not answer. ${reason}`.trim(),
    `Try it: curl -I ${mirror}/dists/${ENGINE_RELEASE}/InRelease (a proxy belongs in /etc/apt/apt.conf).`,
  )
}

/** After an unpack lists and cache (120 MB) are of no more use: the next one asks for fresh ones. */
export const forgetLists = (home: string): Promise<void> =>
  rm(join(home, 'apt'), { recursive: true, force: true })
