/** Something in the reader's file that a server refuses. */
export interface Problem {
  /** Relative to the work folder, with forward slashes. */
  readonly file: string
  readonly line?: number
  /** The server's own words. */
  readonly message: string
  /** What it usually means, where we know. */
  readonly meaning?: string
}
