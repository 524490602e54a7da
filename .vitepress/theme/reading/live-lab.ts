import { onMounted, readonly, ref } from 'vue'
import { livePath } from '../live-path.ts'
import { SharedStream } from '../shared-stream.ts'
import { recordDone } from './progress.ts'

const isLive = ref(false)
const running = ref<string>()
let isListening = false

/**
 * The labs of this machine, while the site is read by `npm run dev`: what passes in the terminal is
 * ticked on the page. A built site asks for nothing: `import.meta.env.DEV` is false there.
 */
export function useLiveLab() {
  if (import.meta.env.DEV) onMounted(listen)
  return { isLive: readonly(isLive), running: readonly(running) }
}

interface Told {
  readonly kind?: string
  readonly lab?: string | null
  readonly passed?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

function listen(): void {
  if (isListening) return
  isListening = true
  const wire = new SharedStream(livePath)
  wire.onopen = () => (isLive.value = true)
  wire.onerror = () => (isLive.value = false)
  wire.onmessage = ({ data }) => {
    const told = JSON.parse(data) as Told
    if (told.kind === 'lab') running.value = told.lab ?? undefined
    for (const [lab, tasks] of Object.entries(told.passed ?? {}))
      for (const task of Object.keys(tasks)) recordDone('task', `${lab}/${task}`)
  }
}
