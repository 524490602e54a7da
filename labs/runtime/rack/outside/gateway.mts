/**
 * Runs in the container, outside the guest kernel: boots it, hands on what the host asks for (the same
 * way as docker/client/agent.mts), and lets the reader's browser in.
 */
import { serve } from '../../docker/client/serve.mts'
import type { Visited } from '../inside/visit.mts'
import { openDoor } from './door.mts'
import { bootKernel } from './kernel.mts'

const kernel = await bootKernel('/runtime/rack/inside/init.sh', process.env.GUEST_MEMORY ?? '512M')
serve((path) => (wanted) => kernel.ask(path, wanted))
openDoor(8080, (visit) => kernel.ask('/visit', visit) as Promise<Visited>)
void kernel.ended.then(() => process.exit(1))
