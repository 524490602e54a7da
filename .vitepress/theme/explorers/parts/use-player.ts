import { onScopeDispose, ref, watch } from 'vue'

/** Plays by itself, a step every `tickMs`, until somebody stops it or the component goes. */
export function usePlayer(step: () => void, tickMs: number) {
  const isPlaying = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined
  watch(isPlaying, (plays) => {
    clearInterval(timer)
    if (plays) timer = setInterval(step, tickMs)
  })
  onScopeDispose(() => clearInterval(timer))
  return isPlaying
}
