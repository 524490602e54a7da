import { mkdir } from 'node:fs/promises'
import { ensureStandIns } from '../../../../../labs/runtime/docker/offline/images.ts'
import {
  startPrivateEngine,
  type PrivateEngine,
} from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, type Env } from '../../../../real/container.ts'
import { folder } from './engine-under-test.ts'

/** The engine for tests, with these stand-ins in it. */
export async function engineWith(...images: string[]): Promise<PrivateEngine> {
  await mkdir(folder, { recursive: true })
  const onProgress = (): void => {}
  const engine = await startPrivateEngine({ folder, onProgress })
  await clear(engine.env)
  await ensureStandIns({ env: engine.env, folder, images, onProgress })
  return engine
}

/** What a run that failed may have left in the engine. */
async function clear(env: Env): Promise<void> {
  const containers = await docker(env, 'ps', '--all', '--quiet')
  if (containers) await docker(env, 'rm', '--force', '--volumes', ...containers.split('\n'))
  await docker(env, 'network', 'prune', '--force')
}
