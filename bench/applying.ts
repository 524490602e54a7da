import { appendFileSync, readdirSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { type Lab, readCatalog } from '../labs/catalog/catalog.ts'
import { compose } from '../labs/runtime/docker/docker-cli.ts'
import type { Change } from '../labs/servers/kind/server-kind.ts'
import { kindOf } from '../labs/servers/kind/kinds.ts'
import { labsFolder } from '../labs/session/folders.ts'
import type { Session } from '../labs/session/session.ts'
import { onSolution, save } from './solved-lab.ts'
import { median } from './statistics.ts'
import { short, table } from './table.ts'

type Print = (line: string) => void

const rounds = 5
/** How a line begins that no server reads, by the file's extension. Default: #. */
const comments: Readonly<Record<string, string>> = { '.ts': '//', '.js': '//', '.vcl': '//' }

/**
 * From a save to servers that run by it, for the files of every change of every lab; against the same
 * servers made anew by hand, until Docker calls them healthy.
 */
export async function benchApplying(print: Print): Promise<void> {
  const rows: string[][] = []
  for (const lab of readCatalog(labsFolder)) {
    print(`  lab ${lab.number} …`)
    rows.push(...(await applyingOf(lab)))
  }
  print(`a comment is saved; seconds until the servers run by it (median of ${rounds})`)
  for (const line of table(['lab', 'kind', 'file', 'ours', 'by hand', 'ratio'], rows)) print(line)
}

const applyingOf = (lab: Lab): Promise<string[][]> =>
  onSolution(lab, 'four-tiers-bench-applying', async (session) => {
    const { work } = session.place
    const saved = () => save(session, `lab ${lab.number}`)
    await saved()
    const rows: string[][] = []
    for (const change of lab.changes) {
      const file = firstOf(work, change)
      const ours = await seconds(rounds, () => {
        appendFileSync(file, `${comments[extname(file)] ?? '#'} saved\n`)
        return saved()
      })
      const byHand = await seconds(1, () => anew(session, change))
      const about = [`${lab.number}`, change.by, relative(work, file)]
      rows.push([...about, short(ours), short(byHand), (ours / byHand).toFixed(2)])
    }
    return rows
  })

/** The file that gives a change its name, or the first in its folder. */
function firstOf(work: string, { files }: Change): string {
  if (!files.endsWith('/')) return join(work, files)
  const [first = ''] = readdirSync(join(work, files)).sort()
  return join(work, files, first)
}

async function anew({ place }: Session, change: Change): Promise<void> {
  const services = kindOf(change).servers(change)
  const words = ['up', '--detach', '--wait', '--no-deps', '--force-recreate', '--build']
  const { exitCode, stderr } = await compose(place, [...words, ...services])
  if (exitCode !== 0) throw new Error(stderr)
}

async function seconds(times: number, work: () => Promise<void>): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < times; round++) {
    const started = performance.now()
    await work()
    taken.push((performance.now() - started) / 1000)
  }
  return median(taken)
}
