const importing = /import\s+(type\s+)?\{([^}]*)\}\s+from\s+'\.\/starter\.ts'/g

/** The values that a module imports of the reader's file. Types leave nothing behind. */
export const wantedExports = (source: string): readonly string[] =>
  [...source.matchAll(importing)]
    .filter(([, isType]) => !isType)
    .flatMap(([, , names]) => names!.split(','))
    .map((name) => name.trim().split(/\s+as\s+/)[0]!)
    .filter((name) => name && !name.startsWith('type '))
