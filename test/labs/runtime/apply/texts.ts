import type { Files } from '../../../../labs/servers/kind/server-kind.ts'

/** Text files as a reader has saved them. */
export const texts = (files: Readonly<Record<string, string>>): Files =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      { bytes: Buffer.from(text), isExecutable: false },
    ]),
  )
