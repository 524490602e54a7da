import { say } from '../../../language.ts'
import type { Change } from '../../../catalog/definition.ts'
import type { Applied, Problem } from '../../runtime.ts'
import type { Place } from '../place.ts'
import { applyCompose } from './compose-file.ts'
import { below, type Files, readFiles, sameFiles, writeFiles } from './files.ts'
import { reloadNginx, testNginx } from './nginx.ts'
import { applyNode } from './node-module.ts'
import { onTrial } from './trial.ts'

/**
 * Brings the reader's files to the servers, kind by kind: Compose first (a name must exist before
 * nginx may use it), nginx last. What a server refuses is taken back, so that the live folder
 * always holds the last good files and a restart can never fail on the reader's half-done work.
 */
export async function applyChanges(place: Place): Promise<Applied> {
  const started = performance.now()
  const wanted = readFiles(place.work)
  const live = readFiles(place.live)
  const problems: Problem[] = []
  const files: string[] = []
  let composeChanged = false

  for (const change of inOrder(place.lab.changes)) {
    const [now, before] = [below(wanted, change.files), below(live, change.files)]
    const changed = !sameFiles(now, before)
    if (!changed && !(composeChanged && change.by === 'nginx')) continue
    const lacking = findLacking(place, change, now, before)
    if (lacking.length > 0) {
      problems.push(...lacking)
      continue
    }
    const refused = await onTrial(place.live, async () => {
      let found: readonly Problem[] | undefined
      try {
        writeFiles(place.live, change.files, now)
        return (found = await applyOne(place, change))
      } finally {
        if (found?.length !== 0) writeFiles(place.live, change.files, before)
      }
    })
    if (refused.length === 0) {
      if (changed) files.push(...differing(now, before))
      composeChanged ||= change.by === 'compose'
      continue
    }
    problems.push(...refused)
    if (change.by === 'nginx' && composeChanged) await takeBackCompose(place, change, live)
  }
  const ms = performance.now() - started
  if (problems.length > 0) return { outcome: 'broken', problems, ms }
  return files.length > 0 ? { outcome: 'applied', files, ms } : { outcome: 'unchanged' }
}

const order = { compose: 0, node: 1, nginx: 2 } as const
const inOrder = (changes: readonly Change[]) =>
  [...changes].sort((a, b) => order[a.by] - order[b.by])

function applyOne(place: Place, change: Change): Promise<readonly Problem[]> {
  switch (change.by) {
    case 'compose':
      return applyCompose(place)
    case 'node':
      return applyNode(place, change)
    case 'nginx':
      return reloadNginx(place, change.service, change)
  }
}

/** Without its names the last good nginx configuration could not start again: undo both. */
async function takeBackCompose(
  place: Place,
  nginx: Extract<Change, { by: 'nginx' }>,
  live: Files,
): Promise<void> {
  if ((await testNginx(place, nginx.service, nginx)).length === 0) return
  writeFiles(place.live, 'compose.yaml', live)
  await applyCompose(place)
}

function findLacking({ lab }: Place, change: Change, now: Files, before: Files): Problem[] {
  const emptied = [...now.keys()].filter((file) => now.get(file)?.trim() === '' && before.get(file))
  // A reader may well put two nginx files into one; the other kinds are asked for by name.
  const mayGo = change.by === 'nginx' && now.size > 0
  const gone = mayGo ? [] : [...before.keys()].filter((file) => !now.has(file))
  return [
    ...emptied.map((file) => ({
      file,
      message: say('The file is empty.', '文件是空的。'),
      meaning: restore(lab.number),
    })),
    ...gone.map((file) => ({
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

const differing = (now: Files, before: Files) =>
  [...new Set([...now.keys(), ...before.keys()])].filter(
    (file) => now.get(file) !== before.get(file),
  )
