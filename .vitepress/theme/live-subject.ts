/**
 * What an event of the lab says something about: the newest of each subject is how things stand. An
 * answer is about nothing that lasts.
 */
export function subjectOf(event: { readonly kind?: string; readonly id?: string }) {
  if (event.kind === 'answered') return undefined
  return event.kind === 'server' ? `server ${event.id}` : event.kind
}
