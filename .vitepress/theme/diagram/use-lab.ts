import { onMounted, onScopeDispose, readonly, ref } from 'vue'
import type { LabEvent, LiveEngine } from './live.ts'

/**
 * The reader's running lab, while they develop (`npm run dev`). In a built site `import.meta.env.DEV`
 * is false: nothing of this is shipped, and nothing is asked.
 */
export function useLab(slug: string) {
  const isRunning = ref(false)
  let engine: LiveEngine | undefined
  let isGone = false
  let stop = () => {}

  const listen = (event: LabEvent) => {
    if (event.kind === 'lab') isRunning.value = event.lab === slug
    else engine?.receive(event)
  }

  if (import.meta.env.DEV) {
    onMounted(async () => {
      const { labSource } = await import('./live.ts')
      if (!isGone) stop = labSource().subscribe(listen)
    })
    onScopeDispose(() => {
      isGone = true
      stop()
    })
  }

  /** A fresh picture of what the lab does from now on. */
  async function connect(): Promise<LiveEngine | undefined> {
    if (!import.meta.env.DEV) return undefined
    const { LiveEngine } = await import('./live.ts')
    engine = new LiveEngine()
    return engine
  }

  return { isRunning: readonly(isRunning), connect }
}
