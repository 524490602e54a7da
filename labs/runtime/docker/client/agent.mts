/**
 * Runs inside the lab's network, in the `client` container, and sends what a check asks for: so a
 * check sees what a visitor sees, on any port and under any name, and nothing has to be published.
 */
import { verbs } from './requests.mts'
import { serve } from './serve.mts'

serve((path) => verbs[path])
