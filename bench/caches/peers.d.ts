/** Peers that come without types. */
declare module 'consistent-hash' {
  export default class ConsistentHash {
    add(node: string, points?: number): this
    get(key: string): string
  }
}
declare module 'cluster-key-slot' {
  export default function keySlot(key: string): number
}
