import type { OpenHalf } from './half.ts'
import type { Write } from './redis-client.ts'

/** True: whoever is master next will have it. False: it is written, perhaps, and may be lost. */
export async function isPromised(half: OpenHalf, write: Write): Promise<boolean> {
  const master = half.master()
  const copies = await master.writeAndWait(write, 0)
  // TODO task 4: the master has said OK. Who else has it?
  void copies
  return true
}

/** What must happen in this half, at whichever master. */
export function createDuties(half: OpenHalf) {
  return async (name: string, write: Write): Promise<void> => {
    // TODO tasks 3, 5: and if it fails, or is lost with this master?
    void name
    await isPromised(half, write).catch(() => false)
  }
}
