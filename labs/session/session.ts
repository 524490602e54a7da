import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { Lab } from '../catalog/catalog.ts'
import { say } from '../language.ts'
import { DockerRuntime } from '../runtime/docker/docker-runtime.ts'
import { chooseEngine, type Engine, type EngineWish } from '../runtime/docker/engine.ts'
import { agentPort, type Place } from '../runtime/docker/place.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { cacheFolder, labFolders, type LabFolders } from './folders.ts'
import { startWhole } from './first-start.ts'
import { demandPort, freePort } from './ports.ts'
import { projectName } from './project-name.ts'
import { announce, claim, release } from './running.ts'
import { freeSubnet } from './subnet.ts'
import { ensureWork } from './work-folder.ts'

/** A lab that runs because of this process, and ends with it. */
export interface Session {
  readonly place: Place
  readonly runtime: DockerRuntime
  /** Removes servers and networks, and a private engine; keeps data and the reader's files. */
  close(): Promise<void>
}

export interface SessionWish extends Pick<EngineWish, 'report' | 'consent' | 'signal'> {
  readonly lab: Lab
  /** The port that the reader asked for. */
  readonly port?: number
  readonly folders?: LabFolders
  readonly project?: string
  readonly cache?: string
}

/** Starts a lab: engine, images, ports, network, servers. Whatever fails, nothing stays behind. */
export async function openSession(wish: SessionWish): Promise<Session> {
  const { lab, cache = cacheFolder(), folders = labFolders(lab) } = wish
  const project = wish.project ?? projectName(lab)
  makeFolder(cache)
  const other = claim(folders.running)
  if (other) throw alreadyRunning(lab, other.pid)
  let engine: Engine | undefined
  let runtime: DockerRuntime | undefined
  const close = async () => {
    try {
      await runtime?.down()
    } finally {
      await engine?.release()
      release(folders.running)
    }
  }
  try {
    ensureWork(lab, folders)
    engine = await chooseEngine({ ...wish, cache, images: lab.images })
    wish.signal?.throwIfAborted()
    const place: Place = {
      lab,
      project,
      work: folders.work,
      live: folders.live,
      ports: await choosePorts(lab, wish.port),
      subnet: await freeSubnet(lab.number, project, engine.env),
      token: randomBytes(16).toString('hex'),
      imagePrefix: engine.imagePrefix,
      engine: engine.env,
    }
    runtime = new DockerRuntime(place)
    const servers = runtime
    await startWhole(place, folders, servers, () => servers.up(wish.report, wish.signal))
    wish.signal?.throwIfAborted()
    announce(folders.running, place)
    return { place, runtime, close }
  } catch (error) {
    // Why it did not start says more than why it could not be tidied up.
    await close().catch(() => undefined)
    throw error
  }
}

/** The first published port is the lab's front: `--port` is about it. */
async function choosePorts(lab: Lab, asked?: number): Promise<Record<string, number>> {
  const ports: Record<string, number> = {}
  const taken = new Set<number>()
  for (const [name, { prefer }] of Object.entries({
    ...lab.ports,
    [agentPort]: { prefer: 13_900 },
  })) {
    const isFront = Object.keys(ports).length === 0
    const port =
      isFront && asked ? await demandPort(asked, lab.number) : await freePort(prefer, taken)
    taken.add(port)
    ports[name] = port
  }
  return ports
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new EnvironmentError(
      say(
        `${folder} cannot be written: ${(error as Error).message}`,
        `无法写入 ${folder}：${(error as Error).message}`,
      ),
      say(
        'free some space, or choose another folder with FOUR_TIERS_HOME',
        '清出空间，或者用 FOUR_TIERS_HOME 指定另一个文件夹',
      ),
    )
  }
}

const alreadyRunning = (lab: Lab, pid: number) =>
  new EnvironmentError(
    say(
      `Lab ${lab.number} runs already, in process ${pid}.`,
      `实验 ${lab.number} 已经在运行（进程 ${pid}）。`,
    ),
    say(
      `use it there, or end it with: npm run lab ${lab.number} down`,
      `到那个终端里继续，或者结束它：npm run lab ${lab.number} down`,
    ),
  )
