import { computed, readonly, ref, shallowRef } from 'vue'
import type { Way } from '../../../snippets/hashing/placement.ts'
import { freeName, make, newSession, worldOf, type Move, type Points } from './ring-session.ts'
import { stories, type StoryId } from './ring-stories.ts'
import { usePlayer } from './use-player.ts'

const tickMs = 1800

/** The reader's servers: a story that may be told on them, and by which way keys find them. */
export function useRing() {
  const way = ref<Way>('ring')
  const points = ref<Points>(stories.joins.points)
  const story = ref<StoryId | undefined>('joins')
  /** How the servers were when the story, or the reader, began. */
  const session = shallowRef(newSession(stories.joins.servers))
  const told = ref(0)
  const isPlaying = usePlayer(step, tickMs)

  const moves = computed(() => (story.value ? stories[story.value].moves : []))
  const isOver = computed(() => story.value !== undefined && told.value >= moves.value.length)

  function reset(): void {
    isPlaying.value = false
    told.value = 0
    const { start } = session.value
    session.value = story.value ? newSession(stories[story.value].servers) : { start, played: [] }
  }

  function choose(id: StoryId): void {
    story.value = id
    points.value = stories[id].points
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

  const add = () => play({ kind: 'joins', name: freeName(worldOf(session.value)) })

  return {
    ...{ way, points, isOver, reset, choose, step, toggle, play, add },
    ...{ isPlaying: readonly(isPlaying), story: readonly(story) },
    // Not `readonly`: it would make a proxy of each of 16,384 slots.
    session: computed(() => session.value),
  }
}
