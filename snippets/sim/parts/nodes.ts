import type { Call, StageNode, Words } from '../stage.ts'

// One kind of server each, the same in every stage; a stage says its name and whom it asks.

export const readers = (...calls: readonly Call[]): StageNode => ({
  id: 'client',
  tier: 'client',
  pictogram: 'readers',
  label: { en: 'Readers', zh: '读者' },
  workers: 1,
  serviceMs: 0,
  queueLimit: 0,
  calls,
})

export const contentNetwork = (hitRate: number, ...calls: readonly Call[]): StageNode => ({
  id: 'cdn',
  tier: 'edge',
  pictogram: 'edge',
  label: { en: 'CDN', zh: 'CDN' },
  workers: 64,
  serviceMs: 0.2,
  queueLimit: 512,
  hitRate,
  calls,
})

export const director = (id: string, label: Words, ...calls: readonly Call[]): StageNode => ({
  id,
  tier: 'l4',
  pictogram: 'director',
  label,
  workers: 64,
  serviceMs: 0.05,
  queueLimit: 1024,
  calls,
})

/** nginx: an event loop in each of four workers. */
export const proxy = (id: string, label: Words, ...calls: readonly Call[]): StageNode => ({
  id,
  tier: 'l7',
  pictogram: 'proxy',
  label,
  workers: 4,
  serviceMs: 0.2,
  queueLimit: 512,
  calls,
})

/** Varnish: whole pages in memory, between nginx and the application. */
export const pageCache = (
  id: string,
  label: Words,
  hitRate: number,
  ...calls: readonly Call[]
): StageNode => ({
  id,
  tier: 'cache',
  pictogram: 'cache',
  label,
  workers: 16,
  serviceMs: 0.15,
  queueLimit: 512,
  hitRate,
  servesStale: true,
  calls,
})

/** Node: one process, one core. At 3 ms a page that makes 333 pages a second, and no more. */
export const app = (id: string, label: Words, ...calls: readonly Call[]): StageNode => ({
  id,
  tier: 'app',
  pictogram: 'app',
  label,
  workers: 1,
  serviceMs: 3,
  queueLimit: 40,
  calls,
})

/** Redis: one thread, and a tenth of a millisecond is much for it. */
export const cache = (id: string, label: Words, hitRate: number, note?: Words): StageNode => ({
  id,
  tier: 'data',
  pictogram: 'cache',
  label,
  note,
  workers: 1,
  serviceMs: 0.1,
  queueLimit: 512,
  hitRate,
  calls: [],
})

/** A Redis of the near level, on so little of a processor that one page takes it 3 ms. */
export const group = (id: string, label: Words, hitRate: number): StageNode => ({
  ...cache(id, label, hitRate),
  tier: 'near',
  serviceMs: 3,
})

export const database = (id: string, label: Words, note?: Words): StageNode => ({
  id,
  tier: 'data',
  pictogram: 'database',
  label,
  note,
  workers: 4,
  serviceMs: 4,
  queueLimit: 80,
  calls: [],
})

/** Sentinel: it asks each Redis every second how it is, and nobody's request passes it. */
export const sentinel = (id: string, label: Words): StageNode => ({
  id,
  tier: 'watch',
  pictogram: 'sentinel',
  label,
  workers: 1,
  serviceMs: 0.1,
  queueLimit: 0,
  calls: [],
})

/** A name that is the same in every language. */
export const name = (text: string): Words => ({ en: text, zh: text })
