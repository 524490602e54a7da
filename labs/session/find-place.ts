import { randomBytes } from 'node:crypto'
import type { Lab } from '../catalog/catalog.ts'
import type { Engine } from '../runtime/docker/engine.ts'
import { agentPort, type Place } from '../runtime/docker/place.ts'
import { chooseKernel } from './kernel.ts'
import type { LabFolders } from './folders.ts'
import { demandPort, freePort } from './ports.ts'
import { freeSubnet } from './subnet.ts'

interface PlaceWish {
  readonly lab: Lab
  readonly project: string
  readonly folders: LabFolders
  readonly engine: Engine
  /** The port that the reader asked for. */
  readonly port?: number | undefined
  /** What was free has been taken before we had it: others start at the same moment. */
  readonly again: boolean
}

/** Ports and a network that are free at this moment. */
export async function findPlace({
  lab,
  project,
  folders,
  engine,
  port,
  again,
}: PlaceWish): Promise<Place> {
  const place: Place = {
    lab,
    project,
    work: folders.work,
    live: folders.live,
    ports: await choosePorts(lab, port, again ? process.pid : 0),
    subnet: await freeSubnet(lab.number, project, engine.env),
    token: randomBytes(16).toString('hex'),
    imagePrefix: engine.imagePrefix,
    engine: engine.env,
  }
  return lab.ipvs ? { ...place, kernel: await chooseKernel(place) } : place
}

/**
 * The first published port is the lab's front: `--port` is about it. `start` is where the search
 * begins: two labs that both begin at the same port meet there again.
 */
async function choosePorts(
  lab: Lab,
  asked: number | undefined,
  start: number,
): Promise<Record<string, number>> {
  const ports: Record<string, number> = {}
  const taken = new Set<number>()
  for (const [name, { prefer }] of Object.entries({
    ...lab.ports,
    [agentPort]: { prefer: 13_900 },
  })) {
    const isFront = Object.keys(ports).length === 0
    const port =
      isFront && asked ? await demandPort(asked, lab.number) : await freePort(prefer, taken, start)
    taken.add(port)
    ports[name] = port
  }
  return ports
}
