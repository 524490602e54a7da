import type { Lab } from '../catalog/catalog.ts'
import { say } from '../language.ts'
import type { Place } from '../runtime/docker/place.ts'
import { runtimeOf } from '../runtime/runtime-of.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { labFolders } from '../session/folders.ts'
import { readRunning } from '../session/running.ts'
import { openSession, type Session } from '../session/session.ts'
import { inTurn } from '../session/turn.ts'
import { UsageError } from './arguments.ts'
import { askConsent } from './consent.ts'
import type { Context } from './context.ts'

/** The lab that runs in another terminal. */
export function attach(lab: Lab): { place: Place; runtime: Runtime } | undefined {
  const place = readRunning(labFolders(lab).running)?.place
  return place && { place, runtime: runtimeOf(place) }
}

export function attachOrExplain(lab: Lab): { place: Place; runtime: Runtime } {
  const running = attach(lab)
  if (running) return running
  throw new UsageError(
    say(`Lab ${lab.number} is not running.`, `实验 ${lab.number} 没有在运行。`),
    `npm run lab ${lab.number}`,
  )
}

/** Has the lab to itself for `work`; says so when it must wait for another terminal. */
export function takingTurns<Result>(
  { out, signal }: Context,
  place: Place,
  work: () => Promise<Result>,
): Promise<Result> {
  const onWait = () =>
    out.note(say('waiting for the check in another terminal …', '等待另一个终端里的检查……'))
  return inTurn(place, { signal, onWait }, work)
}

/** Starts the lab for this command. */
export async function open(context: Context, lab: Lab): Promise<Session> {
  const { options, out, signal } = context
  const wish = { lab, port: options.port, signal, report: out.progress }
  try {
    return await openSession({ ...wish, consent: askConsent(context) })
  } finally {
    out.settle()
  }
}
