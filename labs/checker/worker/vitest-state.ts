import { workerData } from 'node:worker_threads'
import { standInForPool } from '../../vitest-worker/pool-state.ts'

standInForPool({ environment: 'node', provided: workerData as object })
