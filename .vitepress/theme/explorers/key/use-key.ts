import { computed, readonly, ref } from 'vue'
import type { Actor, Rules, Server } from '../../../../snippets/cache/key-life.ts'
import {
  freeName,
  make,
  mostMoves,
  newSession,
  stories,
  underWay,
  type StoryId,
} from './key-session.ts'
import { useStory } from '../parts/use-story.ts'

/** The reader's key: its rules, its time line, and a story that may be told on it. */
export function useKey() {
  const rules = ref<Rules>(stories['late-fill'].rules)
  const story = useStory({
    tickMs: 1100,
    first: 'late-fill' as StoryId,
    begin: (id) => newSession(id && stories[id].redis),
    movesOf: (id) => stories[id].moves,
    make: (session, move) => make(session, rules.value, move),
  })
  const { session } = story
  const isFull = computed(() => session.value.played.length >= mostMoves)
  const waiting = computed(() => underWay(session.value, rules.value))

  function choose(id: StoryId): void {
    rules.value = stories[id].rules
    story.choose(id)
  }

  /** Other rules, and the same story again from its beginning. */
  function change(part: Partial<Rules>): void {
    rules.value = { ...rules.value, ...part }
    story.reset()
  }

  const enter = (kind: Actor['kind'], server: Server) =>
    story.play({ kind: 'step', name: freeName(session.value, kind, server) })

  return { ...story, rules: readonly(rules), isFull, waiting, choose, change, enter }
}
