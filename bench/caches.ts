import { contest, type Result } from './caches/contest.ts'
import type { Task } from './caches/tasks.ts'
import { short, table } from './table.ts'

type Print = (line: string) => void
/** A column's head, and what stands below it. */
type Column = readonly [head: string, cell: (facts: Result['facts']) => string]

const rounds = 9

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const spread: readonly Column[] = [
  ['busiest/mean', ({ balance }) => balance!.toFixed(2)],
  ['moved on add, ideal 1', ({ moved }) => moved!.toFixed(2)],
  ['stray', ({ stray }) => percent(stray!)],
]
const hits: readonly Column[] = [['hit ratio', ({ hitRatio }) => percent(hitRatio!)]]
const weight: readonly Column[] = [
  ['worst 100, CPU ms', ({ slowestMs }) => short(slowestMs!)],
  ['bytes an entry', ({ bytes }) => bytes!.toFixed(0)],
]

const tables: readonly [title: string, task: Task, size: number, columns: readonly Column[]][] = [
  ['where a key lives, 10 nodes', 'homes', 10, spread],
  ['where a key lives, 100 nodes', 'homes', 100, spread],
  ['Redis Cluster’s slot', 'slots', 0, []],
  ['popular keys (Zipf 0.9 of 100,000), 1,000 entries', 'mixed', 1_000, hits],
  ['popular keys (Zipf 0.9 of 100,000), 10,000 entries', 'mixed', 10_000, hits],
  ['popular keys (Zipf 0.9 of 1,000,000), 100,000 entries', 'mixed', 100_000, hits],
  ['new keys only, 10,000 entries', 'insert', 10_000, []],
  ['new keys only, 1,000,000 entries', 'churn', 1_000_000, weight],
]

/** The code of the chapters on caches against its peers on npm. */
export async function benchCaches(print: Print): Promise<void> {
  print(`caches (${rounds} rounds in turns, a thread each; medians; ratios against the first)`)
  for (const [title, task, size, columns] of tables) {
    print(`  ${title}`)
    const results = await contest(task, size, rounds)
    const head = ['contender', 'M/s of CPU', 'ratio', ...columns.map(([name]) => name)]
    const lines = results.map(({ contender, pace, ratio, facts }) => [
      contender,
      short(pace),
      ratio.toFixed(2),
      ...columns.map(([, cell]) => cell(facts)),
    ])
    for (const line of table(head, lines)) print(`    ${line}`)
  }
}
