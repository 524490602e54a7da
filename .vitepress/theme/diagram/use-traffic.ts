import {
  computed,
  onMounted,
  onScopeDispose,
  readonly,
  ref,
  shallowRef,
  watch,
  type Ref,
} from 'vue'
import type { Language } from '../../../labs/language.ts'
import { scenarioByName } from '../../../snippets/sim/scenarios.ts'
import type { ServerState, Stage } from '../../../snippets/sim/stage.ts'
import type { Layout } from './layout.ts'
import type { LiveEngine } from './live.ts'
import type { Texts } from './messages.ts'
import type * as MotionModule from './motion.ts'
import type { Motion, SimulatedEngine, View } from './motion.ts'
import { useLab } from './use-lab.ts'
import { useShown } from './use-shown.ts'

export interface TrafficParts {
  readonly stage: Stage
  readonly scenario: string
  readonly texts: Ref<Texts>
  readonly lang: Ref<Language>
  readonly picture: Readonly<Ref<HTMLElement | null>>
  readonly canvas: Readonly<Ref<HTMLCanvasElement | null>>
  /** The layout that is on the screen now. */
  readonly layout: () => Layout
  readonly preferred: 'simulated' | 'live'
}

/** The least and the most that keys and the slider can ask for. */
const leastLoad = 20
const lastLatencies = 60
const lastLines = 3
/** One step of the reader who steps: about a hop. */
const stepMs = 5

/** The moving part: loaded when the picture is first seen, running while it is. */
export function useTraffic(parts: TrafficParts) {
  const { stage, texts, lang } = parts
  const scenario = scenarioByName(parts.scenario)
  const load = ref(scenario.load?.(stage) ?? stage.load.start)
  const speed = ref(1)
  const isPlaying = ref(false)
  const isLive = ref(false)
  const view = shallowRef<View>()
  const lines = shallowRef<readonly { readonly id: number; readonly text: string }[]>([])
  const latencies = shallowRef<readonly number[]>([])
  const { isShown, prefersStill } = useShown(parts.picture)
  const lab = useLab(stage.slug)

  let parcel: Promise<typeof MotionModule> | undefined
  let motion: Motion | undefined
  let simulated: SimulatedEngine | undefined
  let said = 0

  const nameOf = (id: string) => {
    const node = stage.nodes.find((candidate) => candidate.id === id)
    if (!node) return id
    return [node.label[lang.value], node.note?.[lang.value]].filter(Boolean).join(' ')
  }

  function show(next: View) {
    view.value = next
    const { p99Ms } = next.summary
    if (p99Ms !== undefined) latencies.value = [...latencies.value, p99Ms].slice(-lastLatencies)
    const fresh = next.lines.map((text) => ({ id: said++, text }))
    if (fresh.length > 0) lines.value = [...lines.value, ...fresh].slice(-lastLines)
  }

  async function begin(live?: LiveEngine) {
    parcel ??= import('./motion.ts')
    const canvas = parts.canvas.value
    // Without a network the picture stands still; the next time it is seen, it tries again.
    const loaded = await parcel.catch(() => (parcel = undefined))
    if (!canvas || !loaded) return
    const { Motion, SimulatedEngine } = loaded
    motion?.stop()
    simulated = live ? undefined : new SimulatedEngine(stage, scenario, load.value)
    motion = new Motion(
      { canvas, nodes: stage.nodes, words: () => texts.value.transcript, nameOf, show },
      live ?? simulated!,
    )
    motion.speed = live ? 1 : speed.value
    latencies.value = []
    fit()
    motion.show()
    keepRunning()
  }

  function keepRunning() {
    if (isPlaying.value && isShown.value) motion?.run()
    else motion?.stop()
  }

  function fit() {
    motion?.fit(parts.layout())
  }

  function setState(id: string, state: ServerState) {
    if (!simulated || !motion) return
    simulated.setState(id, state)
    // The change itself takes no time, so that a picture at rest shows it at once.
    motion.pass(0)
    motion.show()
  }

  function step() {
    isPlaying.value = false
    if (!motion) return
    motion.pass(stepMs)
    const { answered, failed } = view.value ?? { answered: 0, failed: 0 }
    motion.show()
    const now = view.value
    if (now && (now.answered !== answered || now.failed !== failed)) {
      motion.say(texts.value.transcript.summary(now.answered, now.failed))
      motion.show()
    }
  }

  function reset() {
    lines.value = []
    isLive.value = false
    void begin()
  }

  function useLabInstead(wanted: boolean) {
    isLive.value = wanted
    lines.value = []
    if (!wanted) return void begin()
    isPlaying.value = true
    void lab.connect().then((engine) => engine && begin(engine))
  }

  onMounted(() => {
    watch(
      isShown,
      (shown) => {
        if (shown && !motion && !parcel) {
          isPlaying.value = !prefersStill.value
          void begin()
        }
        keepRunning()
      },
      { immediate: true },
    )
  })
  watch(isPlaying, keepRunning)
  watch(speed, (value) => motion && (motion.speed = value))
  watch(load, (value) => simulated?.setLoad(value))
  watch(lab.isRunning, (running) => {
    if (running && parts.preferred === 'live') useLabInstead(true)
    if (!running && isLive.value) useLabInstead(false)
  })
  onScopeDispose(() => motion?.stop())

  return {
    view: readonly(view) as Readonly<Ref<View | undefined>>,
    lines: readonly(lines),
    latencies: readonly(latencies),
    isAlive: computed(() => view.value !== undefined && !isLive.value),
    isReady: computed(() => view.value !== undefined),
    isPlaying,
    isLive: readonly(isLive),
    hasLab: lab.isRunning,
    load,
    speed,
    step,
    reset,
    fit,
    setState,
    useLabInstead,
    addLoad: (share: number) => {
      const next = load.value + share * stage.load.max
      load.value = Math.round(Math.min(Math.max(next, leastLoad), stage.load.max))
    },
  }
}
