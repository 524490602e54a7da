/**
 * Runs in the container, outside the guest kernel: boots it, and hands on what the host asks for (the
 * same way as docker/client/agent.mts).
 */
import { serve } from '../../../../labs/runtime/docker/client/serve.mts'
import { bootKernel } from './kernel.mts'

const kernel = await bootKernel(
  '/project/test/real/rack/inside/init.sh',
  process.env.GUEST_MEMORY ?? '512M',
)
serve((path) => (wanted) => kernel.ask(path, wanted))
void kernel.ended.then(() => process.exit(1))
