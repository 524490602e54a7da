import { expect, test } from 'vitest'

/** In the reader's two languages. */
export interface Figure {
  readonly en: string
  readonly zh: string
}

export type Versions = Readonly<Record<string, string>>

/** What a test leaves behind for its claim's record. */
export interface ClaimRun {
  readonly id: string
  readonly figure?: Figure
  readonly versions?: Versions
}

declare module 'vitest' {
  interface TaskMeta {
    claim?: ClaimRun
  }
}

export interface Proof {
  /** What was measured, in words; the last one counts. */
  figure(figure: Figure): void
}

/**
 * `claim(id, title, prove)` is a test whose outcome the page shows wherever the prose says
 * `<Claim id>`. `versions` tells which programs it ran.
 */
export function claimsOn(versions: () => Versions) {
  return (id: string, title: string, prove: (proof: Proof) => Promise<void>) =>
    test(title, { meta: { claim: { id } } }, async ({ task }) => {
      let figure: Figure | undefined
      await prove({ figure: (measured) => (figure = measured) })
      task.meta.claim = { id, figure, versions: versions() }
      expect(figure, 'every claim has a figure').toBeDefined()
    })
}
