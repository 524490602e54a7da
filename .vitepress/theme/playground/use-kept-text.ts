import { computed, onScopeDispose, readonly, ref } from 'vue'
import { hearOtherTabs } from '../other-tabs.ts'
import { createKeptEdits, storageKeyOf } from './kept-edits.ts'

interface Parts {
  readonly id: string
  readonly starter: string
  readonly onChange: () => void
  readonly storage?: () => Storage
  /** Where other tabs are heard. */
  readonly page?: EventTarget
}

/** The reader's text. Every edit is kept, unless another tab has kept another: then he chooses. */
export function useKeptText({ id, starter, onChange, storage, page = window }: Parts) {
  const kept = createKeptEdits(id, storage)
  const begun = kept.read()
  const text = ref(begun?.text ?? starter)
  const putAside = ref(begun?.putAside)
  const isKept = ref(true)
  /** What another tab has written in the meantime. */
  const theirs = ref<string>()

  function look(): void {
    const there = kept.elsewhere()
    if (there?.text === text.value) {
      kept.read()
      theirs.value = undefined
    } else theirs.value = there?.text
  }

  function write(next: string, aside: string | undefined): void {
    text.value = next
    putAside.value = aside
    const writing = kept.write({ text: next, putAside: aside })
    isKept.value = writing !== 'not-kept'
    look()
    onChange()
  }

  const listening = new AbortController()
  hearOtherTabs(storageKeyOf(id), look, { page, signal: listening.signal })
  onScopeDispose(() => listening.abort())

  return {
    text: readonly(text),
    isKept: readonly(isKept),
    theirs: readonly(theirs),
    isChanged: computed(() => text.value !== starter),
    canUndoReset: computed(() => putAside.value !== undefined && text.value === starter),
    edit(next: string): void {
      if (next !== text.value) write(next, putAside.value)
    },
    reset: () => write(starter, text.value),
    undoReset: () => write(putAside.value ?? text.value, undefined),
    takeTheirs(): void {
      const there = kept.read()
      theirs.value = undefined
      if (!there) return
      text.value = there.text
      putAside.value = there.putAside
      onChange()
    },
    keepMine(): void {
      theirs.value = undefined
      isKept.value = kept.write({ text: text.value, putAside: putAside.value }, true) === 'kept'
    },
  }
}
