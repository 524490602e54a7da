/**
 * The readers' machine, when machines are containers: sends what a check asks for, and lets the
 * reader's browser in. Run by Node itself: erasable types only.
 */
import { verbs } from '../docker/client/requests.mts'
import { serve } from '../docker/client/serve.mts'
import { visit } from './inside/visit.mts'
import { openDoor } from './outside/door.mts'

serve((path) => verbs[path])
openDoor(8080, visit)
