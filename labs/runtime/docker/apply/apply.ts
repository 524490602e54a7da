import { say } from '../../../language.ts'
import type { Change } from '../../../catalog/definition.ts'
import type { Applied, Problem } from '../../runtime.ts'
import type { Place } from '../place.ts'
import type { Edit } from './edit.ts'
import { below, readFiles, sameFiles, writeFiles } from './files.ts'
import { reloadNginx, testNginx } from './nginx.ts'
import { applyNode } from './node-module.ts'
import { applyServers, takeBack } from './servers.ts'
import { onTrial } from './trial.ts'
import { loadVcl } from './varnish.ts'

/**
 * Brings the reader's files to the servers, kind by kind: image and Compose file first (a name must
 * exist before nginx may use it), then the application, then the proxies, nginx last. What a server
 * refuses is taken back, so that the live folder always holds the last good files and a restart can
 * never fail on half-done work.
 */
export async function applyChanges(place: Place): Promise<Applied> {
  const started = performance.now()
  const problems: Problem[] = []
  const files: string[] = []
  const edits = readEdits(place).filter((edit) => {
    const lacking = findLacking(place, edit)
    problems.push(...lacking)
    return lacking.length === 0
  })

  const aboutServers = edits.filter((edit) => isAboutServers(edit.change) && isChanged(edit))
  const servers = await tryServers(place, aboutServers)
  problems.push(...servers.problems)
  files.push(...servers.accepted.flatMap(differing))

  for (const edit of edits.filter(({ change }) => !isAboutServers(change))) {
    // nginx looks names up when it loads its files: other servers, other addresses.
    const isConcerned = edit.change.by === 'nginx' && servers.accepted.length > 0
    if (!isChanged(edit) && !isConcerned) continue
    const refused = await tryFiles(place, edit)
    if (refused.length === 0) {
      files.push(...differing(edit))
      continue
    }
    problems.push(...refused)
    if (isConcerned && (await needsOldServers(place, edit.change)))
      await takeBack(place, servers.accepted)
  }
  const ms = performance.now() - started
  if (problems.length > 0) return { outcome: 'broken', problems, ms }
  return files.length > 0 ? { outcome: 'applied', files, ms } : { outcome: 'unchanged' }
}

const order = {
  image: 0,
  compose: 1,
  node: 2,
  varnish: 3,
  nginx: 4,
  keepalived: 5,
  restart: 6,
} as const

export function readEdits({ lab, work, live }: Place): Edit[] {
  const [wanted, good] = [readFiles(work), readFiles(live)]
  return [...lab.changes]
    .sort((a, b) => order[a.by] - order[b.by])
    .map((change) => ({
      change,
      now: below(wanted, change.files),
      before: below(good, change.files),
    }))
}

const isAboutServers = ({ by }: Change) => by === 'image' || by === 'compose'
export const isChanged = ({ now, before }: Edit) => !sameFiles(now, before)

/** Whatever happens on the way, what was not accepted does not stay in the live folder. */
async function tryServers(place: Place, edits: readonly Edit[]) {
  if (edits.length === 0) return { accepted: [], problems: [] }
  return onTrial(place.live, async () => {
    try {
      return await applyServers(place, edits)
    } catch (error) {
      for (const edit of edits) writeFiles(place.live, edit.change.files, edit.before)
      throw error
    }
  })
}

function tryFiles(place: Place, { change, now, before }: Edit): Promise<readonly Problem[]> {
  return onTrial(place.live, async () => {
    let found: readonly Problem[] | undefined
    try {
      writeFiles(place.live, change.files, now)
      return (found = await applyOne(place, change))
    } finally {
      if (found?.length !== 0) writeFiles(place.live, change.files, before)
    }
  })
}

async function applyOne(place: Place, change: Change): Promise<readonly Problem[]> {
  if (change.by === 'node') return applyNode(place, change)
  if (change.by === 'varnish') return loadVcl(place, change)
  return change.by === 'nginx' ? reloadNginx(place, change.service, change) : []
}

/** Without the names of the old servers the last good nginx files could not start again. */
const needsOldServers = async (place: Place, change: Change) =>
  change.by === 'nginx' && (await testNginx(place, change.service, change)).length > 0

export function findLacking({ lab }: Place, { change, now, before }: Edit): Problem[] {
  if (sameFiles(now, before)) return []
  const emptied = [...now.keys()].filter((file) => now.get(file)?.trim() === '' && before.get(file))
  // A reader may well put two nginx files into one, or name a source file anew.
  const mayGo = ['nginx', 'image', 'varnish'].includes(change.by) && now.size > 0
  const isVital = (file: string) =>
    file.endsWith('Dockerfile') || (change.by === 'varnish' && file === change.files + change.main)
  const gone = [...before.keys()].filter((file) => !now.has(file))
  return [
    ...emptied.map((file) => ({
      file,
      message: say('The file is empty.', '文件是空的。'),
      meaning: restore(lab.number),
    })),
    ...gone
      .filter((file) => !mayGo || isVital(file))
      .map((file) => ({
        file,
        message: say('The file is gone.', '文件不见了。'),
        meaning: restore(lab.number),
      })),
  ]
}

const restore = (lab: number) =>
  say(
    `The lab goes on with the last good version. Undo in your editor, or start afresh (a copy is kept): npm run lab ${lab} reset`,
    `实验继续使用上一个正确的版本。请在编辑器里撤销，或者重新开始（会保留一份副本）：npm run lab ${lab} reset`,
  )

export const differing = ({ now, before }: Edit): string[] =>
  [...new Set([...now.keys(), ...before.keys()])].filter(
    (file) => now.get(file) !== before.get(file),
  )
