interface Where {
  readonly page?: EventTarget
  /** Ends the listening. */
  readonly signal?: AbortSignal
}

/** Calls `hear` when another tab of this browser has written under `key`, or has emptied its storage. */
export function hearOtherTabs(
  key: string,
  hear: () => void,
  { page = window, signal }: Where = {},
): void {
  const written = (event: Event) => {
    const { key: changed } = event as StorageEvent
    if (changed === key || changed === null) hear()
  }
  page.addEventListener('storage', written, { ...(signal && { signal }) })
}
