/** For the reader: a command in a machine, `node in.mts lvs1 ipvsadm -Ln`. Run in the container. */
import type { ExecResult } from '../../runtime.ts'

const [machine = 'client', ...command] = process.argv.slice(2)
const answer = await fetch('http://127.0.0.1:3999/exec', {
  method: 'POST',
  headers: { 'x-lab-token': process.env.AGENT_TOKEN ?? '' },
  body: JSON.stringify({ machine, command }),
})
if (!answer.ok) {
  process.stderr.write(`${await answer.text()}\n`)
  process.exit(1)
}
const { exitCode, stdout, stderr } = (await answer.json()) as ExecResult
process.stdout.write(stdout ? `${stdout}\n` : '')
process.stderr.write(stderr ? `${stderr}\n` : '')
process.exit(exitCode)
