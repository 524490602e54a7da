import { computed, readonly, shallowRef } from 'vue'
import { usualSettings, type WindowSettings } from '../../../../snippets/multi-level/stale-story.ts'
import {
  choices,
  isOver as isAtItsEnd,
  newSession,
  ruleNames,
  settingsOf,
  storyOf,
  tell,
  type ProcessChoice,
  type RuleName,
  type StoryId,
} from './stale-session.ts'
import { numberIn, oneOf, useAddress, type Addressed } from '../parts/use-address.ts'
import { usePlayer } from '../parts/use-player.ts'

const tickMs = 1500

/** The reader's rules for a write, and what follows from them step by step. */
export function useStale() {
  const session = shallowRef(newSession(usualSettings))
  const isPlaying = usePlayer(step, tickMs)
  const isOver = computed(() => isAtItsEnd(session.value))
  const story = computed(() => storyOf(session.value.settings))

  function begin(settings: WindowSettings): void {
    isPlaying.value = false
    session.value = newSession(settings)
  }

  const reset = () => begin(session.value.settings)
  const choose = (id: StoryId) => begin(settingsOf(id))
  const change = (part: Partial<WindowSettings>) => begin({ ...session.value.settings, ...part })

  function step(): void {
    session.value = tell(session.value, session.value.told + 1)
    if (isOver.value) isPlaying.value = false
  }

  /** A story that is over begins again. */
  function toggle(): void {
    const plays = !isPlaying.value
    if (plays && isOver.value) reset()
    isPlaying.value = plays
  }

  const process = computed<ProcessChoice>(() => (session.value.settings.hasProcess ? 'on' : 'off'))
  const setProcess = (one: ProcessChoice) => change({ hasProcess: one === 'on' })

  const addressed = <Rule extends RuleName>(rule: Rule): Addressed =>
    oneOf<WindowSettings[Rule]>(
      choices[rule],
      usualSettings[rule],
      () => session.value.settings[rule],
      (option) => change({ [rule]: option }),
    )
  useAddress({
    ...Object.fromEntries(ruleNames.map((rule) => [rule, addressed(rule)])),
    l0: oneOf<ProcessChoice>(['on', 'off'], 'on', () => process.value, setProcess),
    // The last: a rule that is changed begins the story anew.
    step: numberIn(
      ...([{ min: 0, max: 99 }, 0, () => session.value.told] as const),
      (told) => void (session.value = tell(session.value, told)),
    ),
  })

  return {
    ...{ isOver, story, process, reset, choose, change, setProcess, step, toggle },
    isPlaying: readonly(isPlaying),
    session: computed(() => session.value),
  }
}
