import { type Translations, translateComments } from '../../../labs/comments.ts'
import type { Language } from '../../../labs/language.ts'

/** An exercise's files, fetched when the reader begins. */
export interface Sources {
  /** With comments in the reader's language, as the solution's are. */
  readonly starter: string
  readonly solution: string
  /** The checks, and what they import. */
  readonly others: Readonly<Record<string, string>>
}

const files = import.meta.glob<string>('../../../exercises/*/*.ts', {
  query: '?raw',
  import: 'default',
})

const inChinese = import.meta.glob<Translations>('../../../exercises/*/comments.zh.json', {
  import: 'default',
})

export async function loadSources(id: string, language: Language): Promise<Sources> {
  const own = Object.entries(files).filter(([path]) => path.includes(`/exercises/${id}/`))
  const loaded = await Promise.all(
    own.map(async ([path, load]) => [path.split('/').at(-1)!, await load()] as const),
  )
  const { 'starter.ts': starter, 'solution.ts': solution, ...others } = Object.fromEntries(loaded)
  if (starter === undefined || solution === undefined) throw new Error(`no exercise ${id}`)
  const translations =
    language === 'zh' ? await inChinese[`../../../exercises/${id}/comments.zh.json`]?.() : {}
  const told = (text: string) => translateComments(text.trimEnd(), translations ?? {})
  return { starter: told(starter), solution: told(solution), others }
}
