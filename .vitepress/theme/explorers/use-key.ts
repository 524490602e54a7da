import { computed, readonly, ref, shallowRef } from 'vue'
import type { Actor, Rules, Server } from '../../../snippets/cache/key-life.ts'
import {
  freeName,
  make,
  mostMoves,
  newSession,
  stories,
  underWay,
  type Move,
  type StoryId,
} from './key-session.ts'
import { usePlayer } from './use-player.ts'

const tickMs = 1100

/** The reader's key: its rules, its time line, and a story that may be told on it. */
export function useKey() {
  const rules = ref<Rules>(stories['late-fill'].rules)
  const session = shallowRef(newSession(undefined))
  const story = ref<StoryId | undefined>('late-fill')
  const told = ref(0)
  const isPlaying = usePlayer(step, tickMs)

  const left = computed(() => (story.value ? stories[story.value].moves.slice(told.value) : []))
  /** The story's next move that can be made under these rules; what cannot is passed over. */
  const next = computed(() => {
    const at = left.value.findIndex(
      (move) => make(session.value, rules.value, move) !== session.value,
    )
    return at < 0 ? undefined : { at, move: left.value[at]! }
  })
  const isOver = computed(() => story.value !== undefined && !next.value)
  const isFull = computed(() => session.value.played.length >= mostMoves)
  const waiting = computed(() => underWay(session.value, rules.value))

  function reset(): void {
    isPlaying.value = false
    told.value = 0
    session.value = newSession(story.value && stories[story.value].redis)
  }

  function choose(id: StoryId): void {
    story.value = id
    rules.value = stories[id].rules
    reset()
  }

  /** Other rules, and the same story again from its beginning. */
  function change(part: Partial<Rules>): void {
    rules.value = { ...rules.value, ...part }
    reset()
  }

  function step(): void {
    if (!next.value) return void (isPlaying.value = false)
    const { at, move } = next.value
    session.value = make(session.value, rules.value, move)
    told.value += at + 1
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
    session.value = make(session.value, rules.value, move)
  }

  const enter = (kind: Actor['kind'], server: Server) =>
    play({ kind: 'step', name: freeName(session.value, kind, server) })

  reset()
  return {
    ...{ isOver, isFull, waiting, reset, choose, change, step, toggle, play, enter },
    ...{ isPlaying: readonly(isPlaying), rules: readonly(rules) },
    ...{ session: readonly(session), story: readonly(story) },
  }
}
