import type { LabHandle } from './lab.ts'
import { askRedis } from './redis-row.ts'

type Asking = Pick<LabHandle, 'exec'>

/** How often a key is asked for, with so many patterns, to know what one pattern costs. */
const [times, patterns] = [1000, 100]
const often = "for n = 1, ARGV[1] do redis.call('EXISTS', KEYS[1]) end"

/**
 * Each key for which this Redis is asked costs it so much more of its processor: whoever asks may ask for
 * what fits one of so many patterns, and only the last of them fits.
 *
 * `sample`: a pattern (`*page:topic:*`) of the keys that will be asked for; the cost rises with their
 * length. https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/#key-permissions
 */
export async function makeKeysDear(
  lab: Asking,
  server: string,
  sample: string,
  microseconds: number,
): Promise<void> {
  const [key = ''] = (await askRedis(lab, server, '--scan', '--pattern', sample)).split('\n')
  await allow(lab, server, patterns)
  const before = await spentInScripts(lab, server)
  await askRedis(lab, server, 'EVAL', often, '1', key || sample, String(times))
  const each = ((await spentInScripts(lab, server)) - before) / times
  await allow(lab, server, Math.round((patterns * microseconds) / each))
}

/** Everybody may ask for everything, as before. */
export const makeKeysCheap = (lab: Asking, server: string): Promise<string> =>
  askRedis(lab, server, 'ACL', 'SETUSER', 'default', 'allkeys')

function allow(lab: Asking, server: string, count: number): Promise<string> {
  const none = Array.from({ length: count }, (_, at) => `~*\u0001${at}`)
  return askRedis(lab, server, 'ACL', 'SETUSER', 'default', 'resetkeys', ...none, '~?*')
}

/** Microseconds. */
async function spentInScripts(lab: Asking, server: string): Promise<number> {
  const stats = await askRedis(lab, server, 'INFO', 'commandstats')
  return Number(/cmdstat_eval:.*?usec=(\d+)/.exec(stats)?.[1] ?? 0)
}
