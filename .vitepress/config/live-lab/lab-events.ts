import type { LabEvent } from '../../theme/diagram/live.ts'
import { subjectOf } from '../../theme/live-subject.ts'

/** What the dev server tells the page, one JSON object per message. */
export type LiveEvent =
  | LabEvent
  /** Lab's slug → task's id → when it first passed. */
  | {
      readonly kind: 'passed'
      readonly passed: Readonly<Record<string, Readonly<Record<string, string>>>>
    }

/** Lets through what differs from the last of its kind. */
export function onlyChanges(send: (event: LiveEvent) => void): (event: LiveEvent) => void {
  const last = new Map<string, string>()
  return (event) => {
    const about = subjectOf(event)
    if (about === undefined) return send(event)
    const text = JSON.stringify(event)
    if (last.get(about) === text) return
    last.set(about, text)
    send(event)
  }
}
