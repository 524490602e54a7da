import { computed, readonly, ref, shallowRef } from 'vue'
import {
  newSession,
  pass,
  send,
  startSettings,
  stories,
  type Reader,
  type Settings,
  type StoryId,
} from './cache-session.ts'
import { usePlayer } from '../parts/use-player.ts'

const tickMs = 900

/** The reader's cache: its settings, its time line, and a story that may be told on it. */
export function useCache() {
  const settings = ref<Settings>(startSettings)
  const session = shallowRef(newSession)
  const story = ref<StoryId | undefined>('grace')
  const told = ref(0)
  const isPlaying = usePlayer(step, tickMs)

  const steps = computed(() => (story.value ? stories[story.value].steps : []))
  /** The story, if one is told, has come to its end. */
  const isOver = computed(() => story.value !== undefined && told.value >= steps.value.length)

  function reset(): void {
    isPlaying.value = false
    session.value = newSession
    told.value = 0
    if (story.value)
      settings.value = {
        ...startSettings,
        ...stories[story.value].set,
        program: settings.value.program,
      }
  }

  function choose(id: StoryId): void {
    story.value = id
    reset()
  }

  /** A setting of the reader's own ends the story; another program begins all again. */
  function change(part: Partial<Settings>): void {
    settings.value = { ...settings.value, ...part }
    if (part.program) return reset()
    story.value = undefined
    isPlaying.value = false
  }

  function ask(reader: Reader): void {
    session.value = send(session.value, settings.value, reader)
  }

  /** The story's next request; without a story, another English reader a second later. */
  function step(): void {
    const next = steps.value[told.value]
    if (isOver.value) return
    const { waitS = 1, reader = 'english', set = {} } = next ?? {}
    settings.value = { ...settings.value, ...set }
    session.value = pass(session.value, waitS)
    ask(reader)
    told.value++
    if (isOver.value) isPlaying.value = false
  }

  /** A story that is over begins again. */
  function toggle(): void {
    const plays = !isPlaying.value
    if (plays && isOver.value) reset()
    isPlaying.value = plays
  }

  const wait = (seconds: number) => void (session.value = pass(session.value, seconds))

  reset()
  return {
    ...{ isOver, reset, choose, change, ask, step, toggle, wait },
    ...{ isPlaying: readonly(isPlaying), settings: readonly(settings) },
    ...{ session: readonly(session), story: readonly(story) },
  }
}
