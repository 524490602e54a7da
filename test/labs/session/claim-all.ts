import { setTimeout as pause } from 'node:timers/promises'
import { claim } from '../../../labs/session/running.ts'

/** Claims one lab after the other, each at a moment that others know too; prints which it has got. */
const [start = '0', ...files] = process.argv.slice(2)
const held: boolean[] = []
for (const [round, file] of files.entries()) {
  const moment = Number(start) + round * 40
  await pause(Math.max(0, moment - Date.now() - 3))
  while (Date.now() < moment);
  held.push(!('other' in (await claim(file))))
}
process.stdout.write(JSON.stringify(held))
// Who comes late shall find it taken.
await pause(Math.max(0, Number(start) + files.length * 40 + 3000 - Date.now()))
process.exit()
