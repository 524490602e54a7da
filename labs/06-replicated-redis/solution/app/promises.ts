import type { OpenHalf } from './half.ts'
import type { Write } from './redis-client.ts'

/** Milliseconds for a copy to say that it has it. */
const patience = 400
/** For nobody in particular. */
const noTime = 10

/** True: whoever is master next will have it. False: it is written, perhaps, and may be lost. */
export async function isPromised(half: OpenHalf, write: Write): Promise<boolean> {
  const master = half.master()
  const wait = half.seemsAlone(master) ? noTime : patience
  const copies = await master.writeAndWait(write, wait)
  // A master that is cut off sees no copy either. Whether there is one, the Sentinels know.
  return copies > 0 || half.isAlone(master)
}

/** What must happen in this half, at whichever master: it is repeated until it is promised. */
export function createDuties(half: OpenHalf) {
  const open = new Map<string, Write>()

  async function fulfil(): Promise<void> {
    if (open.size === 0) return
    const tried = [...open]
    const writeAll: Write = (to) => Promise.all(tried.map(([, write]) => write(to)))
    const isDone = await isPromised(half, writeAll).catch(() => false)
    if (!isDone) return
    // What has become a duty again meanwhile stays one.
    for (const [name, write] of tried) if (open.get(name) === write) open.delete(name)
  }
  setInterval(() => void fulfil(), 300).unref()

  return async (name: string, write: Write): Promise<void> => {
    open.set(name, write)
    await fulfil()
  }
}
