/** A web server, a Redis: by its address. */
interface Server {
  readonly name: string
}

export interface MarkColour {
  readonly ink: string
  readonly soft: string
}

const tiers = ['app', 'l4', 'l7', 'data', 'edge'] as const

/** `web1:3000` → `web1` */
export const nameOf = ({ name }: Server): string => name.split(':')[0]!

/** `1` of `web1`: a mark says by a figure, too, what it says by its colour. */
export const figureOf = (server: Server): string => nameOf(server).replace(/\D/g, '')

/** By name, so that a server keeps its colour when another is removed. */
export function colourOf(server: Server): MarkColour {
  const tier = tiers[(Number(figureOf(server)) - 1) % (tiers.length + 1)]
  if (!tier) return { ink: 'var(--ft-ink-2)', soft: 'var(--ft-surface-2)' }
  return { ink: `var(--ft-tier-${tier})`, soft: `var(--ft-tier-${tier}-soft)` }
}
