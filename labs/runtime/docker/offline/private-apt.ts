import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { DEFAULT_MIRROR, mirrorFrom, type SourceFile } from './apt-sources.ts'
import { run, stderrOf } from './command.ts'
import { ENGINE_RELEASE, TOOLS_RELEASE } from './packages.ts'

/** An apt with lists, state and cache of its own: the system's are neither read nor written. */
export interface PrivateApt {
  /** For anything that runs apt, mmdebstrap included. */
  readonly env: Readonly<Record<string, string>>
  /** The system's proxies and other transport settings, as a configuration for a container. */
  readonly transport: string
  /** The `deb` line of one release. */
  source(release: string): string
  /** Fetches the package lists; the second time nothing. */
  update(signal?: AbortSignal): Promise<void>
  /** These and what they depend on in their release, as name/release. */
  withDependencies(packages: readonly string[], signal?: AbortSignal): Promise<string[]>
  download(packages: readonly string[], into: string, signal?: AbortSignal): Promise<void>
}

export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * For as long as the work takes: lists and cache are 120 MB. `home` is a path without blanks,
 * quotes or letters beyond ASCII: apt's syntax knows no escape.
 */
export async function withPrivateApt<T>(
  home: string,
  distribution: string,
  work: (apt: PrivateApt) => Promise<T>,
): Promise<T> {
  const root = join(home, 'apt')
  await rm(root, { recursive: true, force: true })
  try {
    return await work(await openApt(root, distribution))
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function openApt(root: string, distribution: string): Promise<PrivateApt> {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'etc/trusted.gpg.d'])
    await mkdir(join(root, folder), { recursive: true })
  const mirror = distribution === 'debian' ? mirrorFrom(await systemSources()) : DEFAULT_MIRROR
  const source = (release: string): string => `deb [signed-by=${KEYRING}] ${mirror} ${release} main`
  const transport = await systemTransport()
  const sources = [ENGINE_RELEASE, TOOLS_RELEASE].map(source).join('\n')
  await writeFile(join(root, 'status'), '')
  await writeFile(join(root, 'etc', 'sources.list'), `${sources}\n`)
  await writeFile(join(root, 'apt.conf'), configuration(root) + transport)
  const env = { APT_CONFIG: join(root, 'apt.conf') }
  const aptGet = (args: readonly string[], signal?: AbortSignal, cwd?: string): Promise<string> =>
    run('apt-get', ['-qq', ...args], { env, signal, cwd }).catch((error: unknown) => {
      throw unreachable(mirror, error) ?? error
    })
  let updated = false
  return {
    env,
    transport,
    source,
    async update(signal) {
      // Without the option, apt-get counts a mirror that does not answer as a mere warning.
      if (!updated) await aptGet(['update', '-o', 'APT::Update::Error-Mode=any'], signal)
      updated = true
    },
    async withDependencies(packages, signal) {
      const release = packages[0]?.split('/')[1] ?? TOOLS_RELEASE
      const wish = ['--no-install-recommends', '-o', `APT::Default-Release=${release}`, ...packages]
      const plan = await aptGet(['--simulate', 'install', ...wish], signal)
      return [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => `${name}/${release}`)
    },
    async download(packages, into, signal) {
      await aptGet(['download', ...packages], signal, into)
    },
  }
}

/** `/dev/null` where apt would look for the system's own files. */
const configuration = (root: string): string => `Dir::Etc "${root}/etc/";
Dir::Etc::sourcelist "sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "${root}/";
Dir::State::lists "${root}/lists/";
Dir::State::status "${root}/status";
Dir::Cache "${root}/cache/";
Dir::Log "${root}/";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
`

/** Proxies, time-outs, certificates: how this machine reaches a mirror, but none of apt's hooks. */
async function systemTransport(): Promise<string> {
  const dump = await run('apt-config', ['dump', 'Acquire'])
  const setting = /^Acquire::(http|https|Check|Retries|ForceIPv)[^ ]* "[^"]+"/i
  return dump
    .split('\n')
    .filter((line) => setting.test(line))
    .join('\n')
    .concat('\n')
}

async function systemSources(): Promise<SourceFile[]> {
  const folder = '/etc/apt/sources.list.d'
  const parts = (await readdir(folder).catch(() => [])).sort()
  const names = parts.filter((name) => /\.(list|sources)$/.test(name))
  const paths = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))]
  const read = (name: string): Promise<string> => readFile(name, 'utf8').catch(() => '')
  return Promise.all(paths.map(async (name) => ({ name, text: await read(name) })))
}

/** apt’s own words, of which there may be many lines, as one sentence and a next step. */
export function unreachable(mirror: string, error: unknown): EnvironmentError | undefined {
  const said = stderrOf(error)
  if (!/Failed to fetch|Could not (resolve|connect)|Unable to (connect|fetch)/i.test(said))
    return undefined
  const reason = /(Could not|Unable to|Temporary failure|Connection|\d{3} ).*/.exec(said)?.[0] ?? ''
  const list = `${mirror}/dists/${ENGINE_RELEASE}/InRelease`
  return new EnvironmentError(
    say(
      `Debian’s mirror ${mirror} gave no packages: ${reason}`,
      `Debian 镜像 ${mirror} 没有给出软件包：${reason}`,
    ),
    say(
      `Try it: curl -I ${list} (a proxy belongs in /etc/apt/apt.conf)`,
      `试一下：curl -I ${list}（代理写在 /etc/apt/apt.conf 里）`,
    ),
  )
}
