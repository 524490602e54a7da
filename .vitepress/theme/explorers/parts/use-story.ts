import { computed, readonly, ref, shallowRef, type ShallowRef } from 'vue'
import { usePlayer } from './use-player.ts'

interface Story<Id extends string, Session, Move> {
  readonly tickMs: number
  /** The one that is told first. */
  readonly first: Id
  /** How all begins: a story, or where none is told the reader's own; then with what is there. */
  readonly begin: (story: Id | undefined, session?: Session) => Session
  readonly movesOf: (story: Id) => readonly Move[]
  /** A move that cannot be made leaves the very same session. */
  readonly make: (session: Session, move: Move) => Session
}

/** What the reader plays with, and a story that may be told on it, move by move. */
export function useStory<Id extends string, Session, Move>(of: Story<Id, Session, Move>) {
  const story: ShallowRef<Id | undefined> = shallowRef(of.first)
  const session: ShallowRef<Session> = shallowRef(of.begin(of.first))
  const told = ref(0)
  const isPlaying = usePlayer(step, of.tickMs)

  /** The story's next move that can be made, what becomes of it, and how many are told then. */
  const next = computed(() => {
    const moves = story.value === undefined ? [] : of.movesOf(story.value)
    for (let at = told.value; at < moves.length; at++) {
      const after = of.make(session.value, moves[at]!)
      if (after !== session.value) return { after, told: at + 1 }
    }
    return undefined
  })
  const isOver = computed(() => story.value !== undefined && !next.value)

  function reset(): void {
    isPlaying.value = false
    told.value = 0
    session.value = of.begin(story.value, session.value)
  }

  function choose(id: Id): void {
    story.value = id
    reset()
  }

  function step(): void {
    if (!next.value) return void (isPlaying.value = false)
    const { after, told: count } = next.value
    session.value = after
    told.value = count
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
    session.value = of.make(session.value, move)
  }

  return {
    ...{ isOver, reset, choose, step, toggle, play },
    ...{ isPlaying: readonly(isPlaying), story: computed(() => story.value) },
    // Not `readonly`: it would make a proxy of all that is inside.
    session: computed(() => session.value),
  }
}
