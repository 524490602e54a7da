import type { Stage } from '../stage.ts'
import { cacheTier } from './cache-tier.ts'
import { fourTiers } from './four-tiers.ts'
import { layerFour } from './layer-four.ts'
import { loadBalancer } from './load-balancer.ts'
import { singleServer } from './single-server.ts'

/** In reading order. */
export const stages: readonly Stage[] = [
  singleServer,
  loadBalancer,
  layerFour,
  cacheTier,
  fourTiers,
]

export function stageBySlug(slug: string): Stage {
  const stage = stages.find((candidate) => candidate.slug === slug)
  if (stage) return stage
  const known = stages.map((candidate) => candidate.slug).join(', ')
  throw new Error(`There is no stage "${slug}". Stages: ${known}.`)
}
