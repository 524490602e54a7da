import { statfs } from 'node:fs/promises'
import { execa } from 'execa'
import pc from '../colors.ts'
import { say } from '../../language.ts'
import { canBringEngine } from '../../runtime/docker/engine.ts'
import { RACK_IMAGE } from '../../runtime/docker/offline/catalog.ts'
import { EnvironmentError } from '../../runtime/environment-error.ts'
import { hasIpvs } from '../../session/kernel.ts'
import { projectFolder, cacheFolder } from '../../session/folders.ts'
import { ownParts } from '../../session/own-disk.ts'
import { tryPort } from '../../session/ports.ts'
import { type Context, exitCode } from '../context.ts'

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly found: string
  /** What to do about it; a `next` with `ok` is advice, without it a must. */
  readonly next?: string
}

/** What this machine has, and what to do about what it lacks. 3 when a lab cannot run. */
export async function doctor({ out, options }: Context): Promise<number> {
  const findings = await Promise.all([
    node(),
    engine(),
    kernel(),
    disk(),
    own(),
    port(),
    terminal(),
  ])
  const healthy = findings.every(({ ok }) => ok)
  if (options.json) out.json({ healthy, findings })
  else
    for (const { what, ok, found, next } of findings) {
      out.line(`${ok ? pc.green('✓') : pc.red('✗')} ${what}${say(': ', '：')}${found}`)
      if (next) out.line(pc.dim(`    ${say('next: ', '下一步：')}${next}`))
    }
  return healthy ? exitCode.pass : exitCode.environment
}

async function node(): Promise<Finding> {
  return {
    what: 'Node',
    ok: true,
    found: `${process.versions.node} (${process.platform} ${process.arch})`,
  }
}

async function engine(): Promise<Finding> {
  const what = say('Docker engine', 'Docker 引擎')
  const run = (args: string[]) =>
    execa('docker', args, { reject: false, timeout: 20_000 }).catch(() => undefined)
  const info = await run(['info', '--format', '{{.ServerVersion}}'])
  const version = info?.exitCode === 0 && /^\d/.test(info.stdout) ? info.stdout : undefined
  if (version) {
    const compose = await run(['compose', 'version', '--short'])
    if (compose?.exitCode === 0)
      return { what, ok: true, found: `${version}, Compose ${compose.stdout}` }
    return {
      what,
      ok: false,
      found: say(`${version}, without Compose v2`, `${version}，没有 Compose v2`),
      next: 'https://docs.docker.com/compose/install/',
    }
  }
  const none = say('none that answers', '没有应答的引擎')
  if (process.platform !== 'linux')
    return {
      ...{ what, ok: false, found: none },
      next: say(
        'start Docker, or install it: https://docs.docker.com/get-docker/',
        '启动或安装 Docker：https://docs.docker.com/get-docker/',
      ),
    }
  try {
    const found = (await canBringEngine(cacheFolder()))
      ? say('none; the project’s own is unpacked', '没有；项目自带的已就绪')
      : say('none; the project brings its own', '没有；项目会自带一个')
    return { what, ok: true, found, next: 'npm run lab 1' }
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    const { message, next } = error
    return { what, ok: false, found: say(`${none}. ${message}`, `${none}。${message}`), next }
  }
}

/** The engine's own kernel, or the one that lab 2 brings, which one kind of processor can carry. */
async function kernel(): Promise<Finding> {
  const what = say('A kernel with IPVS (lab 2)', '有 IPVS 的内核（实验 2）')
  if (await hasIpvs({ env: {}, imagePrefix: '' }, RACK_IMAGE))
    return { what, ok: true, found: say('the engine’s own', '引擎自己的') }
  if (process.arch === 'x64')
    return { what, ok: true, found: say('the lab brings its own', '实验自带') }
  return {
    what,
    ok: true,
    found: say(
      `the engine’s own, if it has it; the lab’s is not for ${process.arch}`,
      `只能用引擎自己的（如果有）；实验自带的不支持 ${process.arch}`,
    ),
    next: say(
      'where the engine runs: sudo modprobe ip_vs',
      '在引擎所在的机器上执行：sudo modprobe ip_vs',
    ),
  }
}

/** Megabytes that an engine, the images and a database want. */
const enough = 1500

async function disk(): Promise<Finding> {
  const { bavail, bsize } = await statfs(projectFolder)
  const free = Math.round((bavail * bsize) / 1e6)
  const ok = free >= enough
  return {
    what: say('Disk', '磁盘'),
    ok,
    found: say(`${free} MB free`, `剩余 ${free} MB`),
    next: ok
      ? undefined
      : say(`free some space: a lab wants ${enough} MB`, `清出空间：实验需要 ${enough} MB`),
  }
}

/** More than this is worth a word: megabytes. */
const large = 500

/** What the project itself has put there. */
async function own(): Promise<Finding> {
  const parts = await ownParts()
  const sum = parts.reduce((total, { megabytes }) => total + megabytes, 0)
  const each = parts
    .filter(({ megabytes }) => megabytes > 0)
    .map(({ what, megabytes }) => `${what} ${megabytes}`)
  return {
    what: say('What the project takes of it', '项目占用的磁盘'),
    ok: true,
    found: each.length > 0 ? `${sum} MB${say(': ', '：')}${each.join(say(', ', '，'))}` : '0 MB',
    next: sum > large ? 'npm run lab clean' : undefined,
  }
}

async function port(): Promise<Finding> {
  const free = await tryPort(8080)
  return {
    what: say('Port 8080', '端口 8080'),
    ok: true,
    found: free
      ? say('free', '空闲')
      : say('in use; a lab moves to the next free one', '已占用；实验会改用下一个空闲端口'),
  }
}

async function terminal(): Promise<Finding> {
  const isWindowsShare = process.platform === 'linux' && /^\/mnt\/[a-z]\//.test(projectFolder)
  return {
    what: say('File events', '文件事件'),
    ok: true,
    found: isWindowsShare
      ? say('not delivered from Windows drives to WSL', 'Windows 磁盘的文件事件传不到 WSL')
      : say('as usual', '正常'),
    next: isWindowsShare ? 'npm run lab 1 -- --poll' : undefined,
  }
}
