import { afterEach, expect, vi } from 'vitest'
import type { LabUnderTest } from './lab-under-test.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The alarms that belong to what this test does: there is one, and there are no others. */
    alarms?: RegExp
  }
}

/**
 * nginx's two gravest levels, and how Varnish tells the end of its child. Not what a running nginx
 * refuses and a fresh one takes: the lab starts it anew.
 */
const alarm = /\[(?:alert|emerg)\](?!.*\bpreviously\b)|\bPanic\b/

/** After each test of the file or the group no server's log has a new alarm, unless the test names it. */
export function noAlarms(under: () => LabUnderTest | undefined): void {
  const known = new Set<string>()
  afterEach(async ({ task }) => {
    const lab = under()
    if (!lab) return
    const { alarms } = task.meta
    let lines: readonly string[] = []
    // A log is written a moment after the deed: an alarm that the test names is waited for.
    const look = async () => {
      lines = await alarmsIn(lab)
      const fresh = lines.filter((line) => !known.has(line))
      expect(fresh.filter((line) => !alarms?.test(line))).toEqual([])
      if (alarms) expect(fresh).not.toEqual([])
    }
    const looked = alarms ? vi.waitFor(look, { timeout: 60_000, interval: 500 }) : look()
    await looked.finally(() => {
      for (const line of lines) known.add(line)
    })
  })
}

/** Each behind its server's name. */
async function alarmsIn({ session: { runtime } }: LabUnderTest): Promise<string[]> {
  const servers = (await runtime.status()).map(({ service }) => service)
  const found = servers.map(async (server) => {
    const text = await runtime.server(server).logs(1000)
    const lines = text.split('\n')
    return lines.filter((line) => alarm.test(line)).map((line) => `${server}: ${line}`)
  })
  return (await Promise.all(found)).flat()
}
