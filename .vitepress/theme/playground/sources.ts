/** An exercise's files, fetched when the reader begins. */
export interface Sources {
  readonly starter: string
  readonly solution: string
  /** The checks, and what they import. */
  readonly others: Readonly<Record<string, string>>
}

const files = import.meta.glob<string>('../../../exercises/*/*.ts', {
  query: '?raw',
  import: 'default',
})

export async function loadSources(id: string): Promise<Sources> {
  const own = Object.entries(files).filter(([path]) => path.includes(`/exercises/${id}/`))
  const loaded = await Promise.all(
    own.map(async ([path, load]) => [path.split('/').at(-1)!, await load()] as const),
  )
  const { 'starter.ts': starter, 'solution.ts': solution, ...others } = Object.fromEntries(loaded)
  if (starter === undefined || solution === undefined) throw new Error(`no exercise ${id}`)
  return { starter: starter.trimEnd(), solution: solution.trimEnd(), others }
}
