import type { Stage, Tier } from '../../../snippets/sim/stage.ts'

/** What of a stage stands in these tiers, and what goes on among it. */
export function partOf(stage: Stage, tiers: readonly Tier[]): Stage {
  const nodes = stage.nodes.filter(({ tier }) => tiers.includes(tier))
  const isHere = (id: string) => nodes.some((node) => node.id === id)
  return {
    ...stage,
    nodes: nodes.map((node) => ({
      ...node,
      isNew: false,
      calls: node.calls
        .map((call) => ({ ...call, to: call.to.filter(isHere) }))
        .filter(({ to }) => to.length > 0),
    })),
    groups: stage.groups
      .map((group) => ({ ...group, nodes: group.nodes.filter(isHere) }))
      .filter((group) => group.nodes.length > 0),
    copies: stage.copies.filter(({ from, to }) => isHere(from) && isHere(to)),
  }
}
