import { computed, onMounted, shallowRef } from 'vue'
import { hearOtherTabs } from '../other-tabs.ts'
import { forgetPlace } from './place.ts'
import { readProgress, type Reading, writeProgress } from './progress-file.ts'
import {
  type Done,
  type Kind,
  merge,
  nothing,
  withAnswer,
  withDone,
  without,
} from './progress-record.ts'
import type { Progress } from './progress-record.ts'
import { browserShelf, loadProgress, saveProgress, storageKey } from './progress-store.ts'

const progress = shallowRef<Progress>(nothing)
/** False: what is done here is forgotten when the page closes. */
const isKept = shallowRef(true)
let isOpen = false

/** Opened after hydration, so that the first frame is what the server drew. */
function open(): void {
  if (isOpen) return
  isOpen = true
  refresh()
  hearOtherTabs(storageKey, refresh)
}

function refresh(): void {
  const kept = loadProgress(browserShelf(), new Date())
  progress.value = kept.progress
  isKept.value = kept.works
}

/** Reads again before it writes: another tab may have written meanwhile. */
function change(how: (progress: Progress) => Progress): void {
  open()
  const kept = loadProgress(browserShelf(), new Date())
  // What could not be kept so far is still in hand.
  const next = how(isKept.value ? kept.progress : merge(kept.progress, progress.value))
  if (next === progress.value) return
  // What could not even be set aside is not overwritten.
  isKept.value = kept.works && saveProgress(browserShelf(), next)
  progress.value = next
}

export function recordDone(kind: Kind, id: string, detail?: string): void {
  const done: Done = { at: new Date().toISOString(), ...(detail !== undefined && { detail }) }
  change((now) => withDone(now, kind, id, done))
}

/** The answer to a prediction, in the place of an earlier one. */
export function recordAnswer(id: string, choice: number): void {
  const answer: Done = { at: new Date().toISOString(), detail: String(choice) }
  change((now) => withAnswer(now, id, answer))
}

export const takeBack = (kind: Kind, id: string): void => change((now) => without(now, kind, id))

export function resetProgress(): void {
  change(() => nothing)
  forgetPlace(browserShelf())
}

export const exportProgress = (): string => writeProgress(progress.value)

/** What the file holds is added; nothing that is here is lost. */
export function importProgress(text: string): Reading {
  const reading = readProgress(text)
  if (reading.outcome === 'read') change((now) => merge(now, reading.progress))
  return reading
}

/**
 * What the reader has done, in this tab and in the others. Empty until the component is mounted: one
 * that comes to life late must begin with what the server drew.
 */
export function useProgress() {
  const isMounted = shallowRef(false)
  onMounted(() => {
    open()
    isMounted.value = true
  })
  const own = computed(() => (isMounted.value ? progress.value : nothing))
  const find = (kind: Kind, id: string): Done | undefined =>
    Object.hasOwn(own.value[kind], id) ? own.value[kind][id] : undefined
  return {
    progress: own,
    isKept: computed(() => !isMounted.value || isKept.value),
    find,
    isDone: (kind: Kind, id: string): boolean => find(kind, id) !== undefined,
  }
}
