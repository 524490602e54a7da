import { execa } from 'execa'
import { startPrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { ENGINE, folderOf } from '../../../../../labs/runtime/docker/offline/packages.ts'
import { toolIn } from '../../../../../labs/runtime/docker/offline/programs.ts'
import { docker, start } from '../../../../real/container.ts'
import { folder } from './engine-under-test.ts'
import { tracesOf } from './traces.ts'

/**
 * Looks at this machine before, during and after a run of the engine, and prints what it saw. Run
 * it in a fresh network namespace, which has its loopback down.
 */
const busybox = toolIn(folderOf(ENGINE, folder), 'busybox')
await execa(busybox, ['ip', 'link', 'set', 'lo', 'up'])
const before = await tracesOf(folder)
const { env, stop } = await startPrivateEngine({ folder, onProgress: () => {} })
await docker(env, 'network', 'create', 'kept-by-a-lab')
const network = ['--network', 'kept-by-a-lab', '--publish', '127.0.0.1::6379']
await start(env, ...network, 'four-tiers/redis:8.0')
const during = await tracesOf(folder)
// The container runs, and its network is there: what a reader's Ctrl-C may leave to the engine.
await stop()
const after = await tracesOf(folder)
process.stdout.write(JSON.stringify({ before, during, after }))
