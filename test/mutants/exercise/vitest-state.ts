import { standInForPool } from '../../../labs/vitest-worker/pool-state.ts'

standInForPool({ environment: 'node' })
