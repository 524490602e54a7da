/** Programs in a machine of the guest. Run by Node itself: erasable types only. */
import { spawn } from 'node:child_process'
import type { ExecResult } from '../../../../labs/runtime/runtime.ts'
import type { ExecWish } from '../topology.ts'

/** `machine` empty: in the guest's own namespace, where the switches are. */
export function exec({ machine, command, input = '' }: ExecWish): Promise<ExecResult> {
  const place = machine === '' ? '/proc/1/ns/net' : `/run/netns/${machine}`
  return new Promise((resolve, reject) => {
    const env = { ...process.env, MACHINE: machine }
    const child = spawn('nsenter', [`--net=${place}`, '--', ...command], { env })
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) =>
      resolve({
        // As a shell says it: 128 and the signal's number would need a table, 255 says "killed".
        exitCode: code ?? (signal ? 255 : 1),
        stdout: Buffer.concat(stdout).toString('utf8').trimEnd(),
        stderr: Buffer.concat(stderr).toString('utf8').trimEnd(),
      }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** Runs it to its end; what goes wrong is told with the program's own words. */
export async function must(
  machine: string,
  command: readonly string[],
  input?: string,
): Promise<string> {
  const { exitCode, stdout, stderr } = await exec({ machine, command, input })
  if (exitCode !== 0) throw new Error(`${machine}: ${command.join(' ')}: ${stderr || stdout}`)
  return stdout
}
