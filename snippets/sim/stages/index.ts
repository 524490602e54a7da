import type { Stage } from '../stage.ts'

const modules = import.meta.glob<Record<string, Stage>>('./*.ts', { eager: true })

/** One a file, by their slugs' alphabet. */
export const stages: readonly Stage[] = Object.values(modules).flatMap((module) =>
  Object.values(module),
)

export function stageBySlug(slug: string): Stage {
  const stage = stages.find((candidate) => candidate.slug === slug)
  if (stage) return stage
  const known = stages.map((candidate) => candidate.slug).join(', ')
  throw new Error(`There is no stage "${slug}". Stages: ${known}.`)
}
