import { computed, readonly, ref, shallowRef, watch } from 'vue'
import {
  allowsBackup,
  server,
  type Method,
  type Server,
  type Upstream,
} from '../../../../snippets/balancing/upstream.ts'
import { printUpstream } from '../../../../snippets/balancing/print-upstream.ts'
import { newSession, sendNext, type Client, type Condition } from './upstream-session.ts'
import { usePlayer } from '../parts/use-player.ts'

const tickMs = 450
export const mostServers = 5

/** The reader's upstream, and the requests that have come to it. */
export function useUpstream() {
  const method = ref<Method>('round-robin')
  const servers = ref<readonly Server[]>([
    server('web1:3000', { weight: 5 }),
    server('web2:3000'),
    server('web3:3000'),
  ])
  const conditions = ref<readonly Condition[]>(['well', 'well', 'well'])
  const only = shallowRef<Client>()
  const upstream = computed<Upstream>(() => ({ method: method.value, servers: accepted() }))
  const session = shallowRef(newSession(upstream.value))
  const configuration = computed(() => printUpstream('teahouse', upstream.value))
  const earlier = ref(configuration.value)
  const isPlaying = usePlayer(send, tickMs)

  /** A method that refuses `backup` is shown without it; the reader's wish is kept. */
  function accepted(): readonly Server[] {
    if (allowsBackup(method.value)) {
      const hasPrimary = servers.value.some(({ backup }) => !backup)
      return hasPrimary
        ? servers.value
        : servers.value.map((one, at) => (at ? one : { ...one, backup: false }))
    }
    return servers.value.map((one) => ({ ...one, backup: false }))
  }

  watch(configuration, (_, before) => {
    earlier.value = before
    reset()
  })

  function send(count = 1): void {
    for (let turn = 0; turn < count; turn++)
      session.value = sendNext(session.value, upstream.value, conditions.value, only.value)
  }

  function reset(): void {
    isPlaying.value = false
    session.value = newSession(upstream.value)
  }

  function change(index: number, settings: Partial<Server>): void {
    servers.value = servers.value.map((one, at) => (at === index ? { ...one, ...settings } : one))
  }

  function add(): void {
    const names = servers.value.map(({ name }) => name)
    const free = ['web1:3000', 'web2:3000', 'web3:3000', 'web4:3000', 'web5:3000']
    servers.value = [...servers.value, server(free.find((name) => !names.includes(name))!)]
    conditions.value = [...conditions.value, 'well']
  }

  function remove(index: number): void {
    servers.value = servers.value.filter((_, at) => at !== index)
    conditions.value = conditions.value.filter((_, at) => at !== index)
  }

  function setCondition(index: number, condition: Condition): void {
    conditions.value = conditions.value.map((one, at) => (at === index ? condition : one))
  }

  return {
    method,
    only,
    isPlaying,
    servers: computed(() => upstream.value.servers),
    conditions: readonly(conditions),
    upstream,
    session: readonly(session),
    configuration,
    earlier: readonly(earlier),
    send,
    reset,
    change,
    add,
    remove,
    setCondition,
  }
}
