import { clientAddress } from './client-address.ts'
import type { CachePolicy, ClientAddress, NoticesOf, OpenCache } from './ports.ts'

/**
 * The parts that a lab lets its reader write, a row each: the file in the reader's folder, the functions
 * that it must export, and what Teahouse does by itself. `CLIENT_ADDRESS_MODULE` says where
 * `client-address.ts` is. A house has all these functions (`house.ts`).
 */
export const parts = {
  /** Who is the client? */
  'client-address.ts': { clientAddress: clientAddress as ClientAddress },
  /** How long may copies of an answer live, and whom to tell of a change? Nobody, and Teahouse is careful. */
  'cache-policy.ts': { cachePolicy: nothing<CachePolicy>(), noticesOf: nothing<NoticesOf>() },
  /** What is kept of the database, and where? Teahouse has a simple cache of its own. */
  'cache.ts': { openCache: nothing<OpenCache>() },
} satisfies Parts

export type Parts = Readonly<Record<string, Functions>>
type Functions = Readonly<Record<string, ((...given: never[]) => unknown) | undefined>>

/** The functions of all rows together. */
export type FunctionsOf<Table extends Parts> = Readonly<Together<Table[keyof Table]>>
type Together<Row> = (Row extends unknown ? (row: Row) => void : never) extends (
  rows: infer All,
) => void
  ? All
  : never

export const ownFunctions = <Table extends Parts>(table: Table): FunctionsOf<Table> =>
  Object.assign({}, ...Object.values(table)) as FunctionsOf<Table>

/** `cache-policy.ts`: `CACHE_POLICY_MODULE`. */
export const variableOf = (file: string): string =>
  `${file.replace(/\.ts$/, '').replaceAll('-', '_').toUpperCase()}_MODULE`

function nothing<Function>(): Function | undefined {
  return undefined
}
