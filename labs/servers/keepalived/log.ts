/** What keepalived tells only when it works with a configuration: not by `--config-test`. */

const stamp = /^\w{3} \w{3} +\d+ [\d:.]+ \d{4}: /
/** Of its parent, before the children read their files anew, and after they have. */
const begins = 'Reloading ...'
const ends = 'Reload complete'

export function parseLog(output: string): string[] {
  return output.split('\n').map((line) => line.trim().replace(stamp, ''))
}

export const reloads = (lines: readonly string[]) => lines.filter((line) => line === ends).length

/** A script is not run, and so a check or a notice does not take place: why, and which. */
export function disabledScripts(lines: readonly string[]): string[] {
  const told: string[] = []
  let reasons: string[] = []
  for (const line of lines.slice(lines.lastIndexOf(begins) + 1)) {
    if (/^Disabling \w+ script /.test(line)) {
      told.push([...reasons, line].join('\n'))
      reasons = []
    } else if (/- disabling\.?$|^Wrong file type found|^Script .* cannot be accessed/.test(line))
      reasons.push(line)
  }
  return [...told, ...reasons]
}
