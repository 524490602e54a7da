import type { ServerState, Stage } from './stage.ts'

/** What happens to a stage by itself, without the reader's hand. */
export interface Scenario {
  /** Requests per second, where it is not the stage's own. */
  readonly load?: (stage: Stage) => number
  readonly steps: readonly {
    readonly atMs: number
    readonly server: string
    readonly state: ServerState
  }[]
}

const loses = (server: string, state: ServerState): Scenario => ({
  steps: [{ atMs: 150, server, state }],
})

const scenarios: Readonly<Record<string, Scenario>> = {
  calm: { steps: [] },
  overload: { load: (stage) => stage.load.max, steps: [] },
  'dead-process': loses('web1', 'killed'),
  'vanished-machine': loses('web1', 'cut'),
  'dead-cache': loses('redis', 'killed'),
  'dead-shard': loses('redis2', 'killed'),
  'dead-master': loses('redis1', 'killed'),
  'dead-group': loses('near2', 'killed'),
  'dead-machine': {
    steps: ['redis1', 'copy2', 'sentinel1'].map((server) => ({
      ...({ atMs: 150, server, state: 'killed' } as const),
    })),
  },
  'spare-joins': { steps: [{ atMs: 150, server: 'redis4', state: 'up' }] },
  'group-joins': { steps: [{ atMs: 150, server: 'near4', state: 'up' }] },
  'dead-database': loses('db', 'killed'),
}

export function scenarioByName(name: string): Scenario {
  const scenario = scenarios[name]
  if (scenario) return scenario
  throw new Error(
    `There is no scenario "${name}". Scenarios: ${Object.keys(scenarios).join(', ')}.`,
  )
}
