import { ref } from 'vue'
import type { Way } from '../../../../snippets/hashing/placement.ts'
import { freeName, make, newSession, worldOf, type Points } from './ring-session.ts'
import { stories, type StoryId } from './ring-stories.ts'
import { useStory } from '../parts/use-story.ts'

/** The reader's servers: a story that may be told on them, and by which way keys find them. */
export function useRing() {
  const way = ref<Way>('ring')
  const points = ref<Points>(stories.joins.points)
  const story = useStory({
    tickMs: 1800,
    first: 'joins' as StoryId,
    begin: (id, session) =>
      id || !session ? newSession(stories[id ?? 'joins'].servers) : { ...session, played: [] },
    movesOf: (id) => stories[id].moves,
    make,
  })

  function choose(id: StoryId): void {
    points.value = stories[id].points
    story.choose(id)
  }

  const add = () => story.play({ kind: 'joins', name: freeName(worldOf(story.session.value)) })

  return { ...story, way, points, choose, add }
}
