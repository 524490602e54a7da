import { inOrder, kindOf } from '../../servers/kind/kinds.ts'
import type { Edits, ServerKind } from '../../servers/kind/server-kind.ts'
import type { Problem } from '../../servers/kind/problem.ts'
import type { Place } from '../docker/place.ts'
import type { Applied } from '../runtime.ts'
import { differing, findLacking, findTooLarge, isChanged, readEdits } from './edits.ts'
import { applyServers, takeBackServers } from './servers.ts'
import { tryFiles } from './try-files.ts'
import type { LabWorld } from './world.ts'

/**
 * Brings the reader's files to the servers, kind by kind: what says which servers run comes first (a
 * name must exist before nginx may use it), then the application, then the proxies. What a server
 * refuses is taken back, so that the live folder always holds the last good files and a restart can
 * never fail on half-done work.
 */
export async function applyChanges(place: Place, world: LabWorld): Promise<Applied> {
  const started = performance.now()
  const tooLarge = findTooLarge(place)
  if (tooLarge.length > 0)
    return { outcome: 'broken', problems: tooLarge, ms: performance.now() - started }
  const problems: Problem[] = []
  const files: string[] = []
  const groups = groupsOf(place).filter(({ edits }) => {
    const lacking = edits.flatMap((edit) => findLacking(place.lab, edit))
    problems.push(...lacking)
    return lacking.length === 0
  })

  const aboutServers = groups.filter(({ kind }) => kind.saysWhatRuns).flatMap(({ edits }) => edits)
  const servers = await applyServers(place, world, aboutServers.filter(isChanged))
  problems.push(...servers.problems)
  files.push(...servers.accepted.flatMap(differing))

  for (const { kind, edits } of groups.filter(({ kind }) => !kind.saysWhatRuns)) {
    const isConcerned = kind.looksNamesUpOnce && servers.accepted.length > 0
    const [first, ...others] = isConcerned ? edits : edits.filter(isChanged)
    if (!first) continue
    const tried: Edits = [first, ...others]
    const refused = await tryFiles(place, world, kind, tried)
    if (refused.length === 0) {
      files.push(...tried.flatMap(differing))
      continue
    }
    problems.push(...refused)
    // Without the names of the old servers the last good files could not be loaded again.
    if (isConcerned && ((await kind.tryOut?.(world, tried)) ?? []).length > 0)
      await takeBackServers(place, world, servers.accepted)
  }
  const ms = performance.now() - started
  if (problems.length > 0) return { outcome: 'broken', problems, ms }
  return files.length > 0 ? { outcome: 'applied', files, ms } : { outcome: 'unchanged' }
}

interface Group {
  readonly kind: ServerKind
  readonly edits: Edits
}

/** What is tried together: one change's files, or those of all changes that include each other. */
function groupsOf(place: Place): Group[] {
  const groups: Group[] = []
  for (const edit of inOrder(readEdits(place), ({ change }) => change)) {
    const kind = kindOf(edit.change)
    const last = groups.at(-1)
    if (kind.together && last?.kind === kind)
      groups[groups.length - 1] = { kind, edits: [...last.edits, edit] }
    else groups.push({ kind, edits: [edit] })
  }
  return groups
}
