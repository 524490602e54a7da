import { computed, readonly, ref, shallowRef } from 'vue'
import type {
  FailoverSettings,
  ServerName,
} from '../../../../snippets/replication/failover-story.ts'
import {
  disturb,
  isOver as isAtItsEnd,
  newSession,
  settingsOf,
  step as stepOf,
  stories,
  type Does,
  type StoryId,
} from './failover-session.ts'
import { usePlayer } from '../parts/use-player.ts'

const tickMs = 1400

/** The reader's master, copy and Sentinels, and a story that may be told of them. */
export function useFailover() {
  const story = ref<StoryId | undefined>('dies')
  const session = shallowRef(newSession(settingsOf('dies'), stories.dies.disturbances))
  const isPlaying = usePlayer(step, tickMs)
  const isOver = computed(() => isAtItsEnd(session.value))

  function begin(settings: FailoverSettings): void {
    isPlaying.value = false
    session.value = newSession(settings, story.value ? stories[story.value].disturbances : [])
  }

  const reset = () => begin(session.value.settings)

  function choose(id: StoryId): void {
    story.value = id
    begin(settingsOf(id))
  }

  /** Other rules, and the same story again from its beginning. */
  const change = (part: Partial<FailoverSettings>) => begin({ ...session.value.settings, ...part })

  function step(): void {
    session.value = stepOf(session.value)
    if (isOver.value) isPlaying.value = false
  }

  /** A story that is over begins again. */
  function toggle(): void {
    const plays = !isPlaying.value
    if (plays && isOver.value) reset()
    isPlaying.value = plays && !isOver.value
  }

  /** The reader's own hand ends the story; what follows from it is told step by step. */
  function act(server: ServerName, does: Does): void {
    const after = disturb(session.value, server, does)
    if (after === session.value) return
    story.value = undefined
    isPlaying.value = false
    session.value = after
  }

  return {
    ...{ isOver, reset, choose, change, step, toggle, act },
    ...{ isPlaying: readonly(isPlaying), story: readonly(story) },
    session: computed(() => session.value),
  }
}
