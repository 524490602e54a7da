import type { Steps } from './steps.ts'

/** Of a chapter, apart: few have the whole evening. None is 0. */
export interface Minutes {
  readonly read: number
  readonly exercise: number
  readonly lab: number
}

interface Known {
  readonly exercise: (id: string) => number
  readonly lab: (slug: string) => number
}

export function minutesOf(read: number, steps: Steps, known: Known): Minutes {
  const labs = new Set(steps.task.map((id) => id.split('/')[0]!))
  return {
    read,
    exercise: sum(steps.exercise.map(known.exercise)),
    lab: sum([...labs].map(known.lab)),
  }
}

/** The minutes of the whole, shared out among its parts by their words. */
export function shared(minutes: number, texts: readonly string[]): readonly number[] {
  const words = texts.map((text) => text.split(/\s+/).length)
  const all = sum(words)
  return words.map((count) => Math.max(1, Math.round((minutes * count) / all)))
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
