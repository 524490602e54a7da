// Whether node_modules holds what package-lock.json says. Plain JavaScript on nothing at all: it runs
// before anything is installed.

/**
 * @typedef {{ version?: string, integrity?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} Package
 * @typedef {Readonly<Record<string, Package>>} Packages by folder, as in a lock file
 */

/**
 * By contents, for a checkout makes every file new: `installed` is what npm wrote into
 * node_modules/.package-lock.json when it had finished. Optional packages may be those of another
 * system; with `everything` those for development count, too.
 *
 * @param {Packages} locked
 * @param {Packages} installed
 * @param {boolean} everything
 */
export function isInstalled(locked, installed, everything) {
  const isWanted = ([folder, { dev, optional, devOptional }]) =>
    folder !== '' && !optional && (everything || !(dev || devOptional))
  const isRight = ([folder, { version, integrity }]) =>
    locked[folder]?.version === version && locked[folder]?.integrity === integrity
  return (
    Object.entries(locked)
      .filter(isWanted)
      .every(([folder]) => folder in installed) && Object.entries(installed).every(isRight)
  )
}
