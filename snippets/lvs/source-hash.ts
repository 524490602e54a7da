const bits = 8
/** 2³² divided by the golden ratio: spreads what is alike. `GOLDEN_RATIO_32` of Linux. */
const golden = 0x61c88647

/** How many places the table has. */
export const buckets = 2 ** bits

/** A client's place in the table of `sh`, by its IPv4 address alone. */
// #region place
export const placeOf = (address: string): number => {
  const number = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
  return Math.imul(number, golden) >>> (32 - bits)
}
// #endregion place

/**
 * Whose each place is: the servers in turn, each as many in a row as it weighs. One that weighs 0
 * keeps one place a round, and its clients are refused; ipvsadm(8), `sh` and `sh-fallback`.
 */
export function sourceHashTable(weights: readonly number[]): readonly number[] {
  let [server, taken] = [0, 0]
  return Array.from({ length: weights.length > 0 ? buckets : 0 }, () => {
    const owner = server
    taken++
    if (taken >= weights[owner]!) {
      server = (server + 1) % weights.length
      taken = 0
    }
    return owner
  })
}

/** The server of this client; undefined, if it weighs 0. */
export function sourceHash(weights: readonly number[], address: string): number | undefined {
  const owner = sourceHashTable(weights)[placeOf(address)]
  return owner !== undefined && weights[owner]! > 0 ? owner : undefined
}
