import type { Lab } from '../../labs/catalog/catalog.ts'
import { LabUnderTest } from './lab-under-test.ts'

/** The same lab several times over: most of a proof is waiting for servers. */
export class Lanes {
  readonly #all: readonly LabUnderTest[]
  readonly #free: LabUnderTest[]
  readonly #waiting: ((lab: LabUnderTest) => void)[] = []

  private constructor(all: readonly LabUnderTest[]) {
    this.#all = all
    this.#free = [...all]
  }

  /** One after the other: each takes ports and a network that are free at that moment. */
  static async open(lab: Lab, count: number): Promise<Lanes> {
    const all: LabUnderTest[] = []
    for (let lane = 1; lane <= count; lane++) all.push(await LabUnderTest.open(lab, `lane${lane}`))
    return new Lanes(all)
  }

  async use(work: (lab: LabUnderTest) => Promise<void>): Promise<void> {
    const lab =
      this.#free.shift() ?? (await new Promise<LabUnderTest>((r) => this.#waiting.push(r)))
    try {
      await work(lab)
    } finally {
      const next = this.#waiting.shift()
      if (next) next(lab)
      else this.#free.push(lab)
    }
  }

  async close(): Promise<void> {
    for (const lab of this.#all) await lab.close()
  }
}
