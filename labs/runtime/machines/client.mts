/**
 * The readers' machine: sends what a check asks for, and lets the reader's browser in. Run by Node
 * itself: erasable types only.
 */
import { verbs } from '../docker/client/requests.mts'
import { serve } from '../docker/client/serve.mts'
import { openDoor } from './door.mts'

serve((path) => verbs[path])
openDoor(8080)
