import { UsageError } from '../labs/cli/arguments.ts'

/** What can be measured, in the order in which it is. */
export const rows = {
  site: 'build time, weight of the pages, Lighthouse',
  diagram: 'what a frame of the living diagram costs',
  playground: 'from the last key to the verdict, in the browser',
  caches: 'the code of the chapters on caches, against its peers on npm',
  labs: 'from a save to the verdict, on real servers',
  applying: 'from a save to servers that run by it, for each kind of server',
  stages: 'the application behind each stage of its cache, from none to several levels',
  tiers: 'what the cache tier and layer four buy and cost, with and without them',
  failover: 'how long readers go without service while the VIP moves',
} as const
export type Row = keyof typeof rows

export const help = `npm run bench                    everything
npm run bench -- tiers failover  only these
npm run bench -- --help          this page

Rows:
${Object.entries(rows)
  .map(([name, about]) => `  ${name.padEnd(11)} ${about}`)
  .join('\n')}

Exit codes: 0 measured, 1 a row could not be measured, 2 usage, 3 environment.
`

/** The wanted rows, each once and in order; `help` where that is asked for. */
export function parseArguments(words: readonly string[]): readonly Row[] | 'help' {
  if (words.some((word) => ['--help', '-h', 'help'].includes(word))) return 'help'
  const names = Object.keys(rows) as Row[]
  const stranger = words.find((word) => !(names as readonly string[]).includes(word))
  if (stranger !== undefined) {
    const kind = stranger.startsWith('-') ? 'option' : 'row'
    throw new UsageError(
      `There is no ${kind} "${stranger}". There are: ${names.join(', ')}`,
      'npm run bench -- --help',
    )
  }
  return words.length === 0 ? names : names.filter((name) => words.includes(name))
}
