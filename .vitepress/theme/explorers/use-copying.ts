import { computed, readonly, ref, shallowRef } from 'vue'
import {
  make,
  mostMoves,
  newSession,
  stories,
  worldOf,
  type BacklogSize,
  type Move,
  type StoryId,
} from './copying-session.ts'
import { usePlayer } from './use-player.ts'

const tickMs = 1500

/** The reader's master and copy, and a story that may be told of them. */
export function useCopying() {
  const backlog = ref<BacklogSize>(16)
  const session = shallowRef(newSession(backlog.value))
  const story = ref<StoryId | undefined>('short')
  const told = ref(0)
  const isPlaying = usePlayer(step, tickMs)

  const moves = computed(() => (story.value ? stories[story.value] : []))
  const isOver = computed(() => story.value !== undefined && told.value >= moves.value.length)
  const isFull = computed(() => session.value.played.length >= mostMoves)
  const isAway = computed(() => worldOf(session.value).isAway)

  function reset(): void {
    isPlaying.value = false
    told.value = 0
    session.value = newSession(backlog.value)
  }

  function choose(id: StoryId): void {
    story.value = id
    reset()
  }

  /** Another backlog, and the same story again from its beginning. */
  function changeBacklog(size: BacklogSize): void {
    backlog.value = size
    reset()
  }

  function step(): void {
    const next = moves.value[told.value]
    if (!next) return void (isPlaying.value = false)
    session.value = make(session.value, next)
    told.value++
    if (isOver.value) isPlaying.value = false
  }

  /** A story that is over begins again. */
  function toggle(): void {
    const plays = !isPlaying.value
    if (plays && isOver.value) reset()
    isPlaying.value = plays && story.value !== undefined
  }

  /** A move of the reader's own ends the story. */
  function play(move: Move): void {
    story.value = undefined
    isPlaying.value = false
    session.value = make(session.value, move)
  }

  return {
    ...{ isOver, isFull, isAway, reset, choose, changeBacklog, step, toggle, play },
    ...{ isPlaying: readonly(isPlaying), story: readonly(story), backlog: readonly(backlog) },
    session: computed(() => session.value),
  }
}
