/** What a reader has done, as plain data. Pure: the time is an argument. */
export const kinds = ['read', 'predict', 'exercise', 'task'] as const
export type Kind = (typeof kinds)[number]

export interface Done {
  /** RFC 3339. */
  readonly at: string
  /** For a prediction: the choice's index, or `shown`. */
  readonly detail?: string
}

export type Progress = Readonly<Record<Kind, Readonly<Record<string, Done>>>>

export const nothing: Progress = { read: {}, predict: {}, exercise: {}, task: {} }

/** The first time stays: doing it again takes nothing away. */
export function withDone(progress: Progress, kind: Kind, id: string, done: Done): Progress {
  if (Object.hasOwn(progress[kind], id)) return progress
  return { ...progress, [kind]: { ...progress[kind], [id]: done } }
}

/** The last answer stays: a prediction can be made again. */
export const withAnswer = (progress: Progress, id: string, answer: Done): Progress => ({
  ...progress,
  predict: { ...progress.predict, [id]: answer },
})

export function without(progress: Progress, kind: Kind, id: string): Progress {
  const rest = Object.entries(progress[kind]).filter(([other]) => other !== id)
  return { ...progress, [kind]: Object.fromEntries(rest) }
}

/**
 * Both, and of what is in both the earlier; of an answer the later. Nothing is lost, whichever comes
 * first.
 */
export function merge(one: Progress, other: Progress): Progress {
  const ofKind = (kind: Kind) => {
    const all = { ...one[kind] }
    for (const [id, done] of Object.entries(other[kind])) {
      const own = Object.hasOwn(all, id) ? all[id] : undefined
      if (!own || (kind === 'predict' ? isBefore(own, done) : isBefore(done, own))) all[id] = done
    }
    return [kind, all]
  }
  return Object.fromEntries(kinds.map(ofKind)) as Progress
}

const order = ({ at, detail = '' }: Done) => `${new Date(at).toISOString()} ${detail}`
const isBefore = (one: Done, other: Done) => order(one) < order(other)

export const countDone = (progress: Progress): number =>
  kinds.reduce((sum, kind) => sum + Object.keys(progress[kind]).length, 0)
