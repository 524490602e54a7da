import { computed, readonly, ref } from 'vue'
import {
  make,
  mostMoves,
  newSession,
  stories,
  worldOf,
  type BacklogSize,
  type StoryId,
} from './copying-session.ts'
import { useStory } from '../parts/use-story.ts'

/** The reader's master and copy, and a story that may be told of them. */
export function useCopying() {
  const backlog = ref<BacklogSize>(16)
  const story = useStory({
    tickMs: 1500,
    first: 'short' as StoryId,
    begin: () => newSession(backlog.value),
    movesOf: (id) => stories[id],
    make,
  })
  const isFull = computed(() => story.session.value.played.length >= mostMoves)
  const isAway = computed(() => worldOf(story.session.value).isAway)

  /** Another backlog, and the same story again from its beginning. */
  function changeBacklog(size: BacklogSize): void {
    backlog.value = size
    story.reset()
  }

  return { ...story, backlog: readonly(backlog), isFull, isAway, changeBacklog }
}
