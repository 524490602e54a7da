import { mkdir } from 'node:fs/promises'
import { ensureStandIns } from '../../../../../labs/runtime/docker/offline/images.ts'
import {
  startPrivateEngine,
  type PrivateEngine,
} from '../../../../../labs/runtime/docker/offline/engine.ts'
import { folder } from './engine-under-test.ts'

/** The engine for tests, with these stand-ins in it. */
export async function engineWith(...images: string[]): Promise<PrivateEngine> {
  await mkdir(folder, { recursive: true })
  const onProgress = (): void => {}
  const engine = await startPrivateEngine({ folder, onProgress })
  await ensureStandIns({ env: engine.env, folder, images, onProgress })
  return engine
}
