import { onMounted, onScopeDispose, watch } from 'vue'

/** One choice of the reader's that stands in the address, unless it is the usual one. */
export interface Addressed {
  readonly usual: string
  readonly get: () => string
  /** What cannot be chosen changes nothing. */
  readonly set: (text: string) => void
}

type Choices = Readonly<Record<string, Addressed>>

/** Browsers stop pages that change their address too often: a slider that is drawn would do so. */
const restMs = 250

export function takeFrom(search: string, choices: Choices): void {
  const asked = new URLSearchParams(search)
  for (const [name, { set }] of Object.entries(choices)) {
    const text = asked.get(name)
    if (text !== null) set(text)
  }
}

export function addressWith(href: string, choices: Choices): string {
  const url = new URL(href)
  for (const [name, { usual, get }] of Object.entries(choices)) {
    if (get() === usual) url.searchParams.delete(name)
    else url.searchParams.set(name, get())
  }
  return url.href
}

/** What the address says is chosen once the page is alive; from then on the address says what is chosen. */
export function useAddress(choices: Choices): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => history.replaceState(history.state, '', addressWith(location.href, choices))
  onScopeDispose(() => clearTimeout(timer))
  onMounted(() => {
    takeFrom(location.search, choices)
    watch(
      () => Object.values(choices).map(({ get }) => get()),
      () => {
        clearTimeout(timer)
        timer = setTimeout(write, restMs)
      },
    )
  })
}

/** One of several texts. */
export const oneOf = <Option extends string>(
  options: readonly Option[],
  usual: Option,
  get: () => Option,
  set: (option: Option) => void,
): Addressed => ({
  usual,
  get,
  set: (text) => {
    const option = options.find((one) => one === text)
    if (option !== undefined) set(option)
  },
})

/** A whole number from `min` to `max`, a multiple of `step`. */
export const numberIn = (
  { min, max, step = 1 }: { readonly min: number; readonly max: number; readonly step?: number },
  usual: number,
  get: () => number,
  set: (value: number) => void,
): Addressed => ({
  usual: `${usual}`,
  get: () => `${get()}`,
  set: (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max && value % step === 0) set(value)
  },
})
