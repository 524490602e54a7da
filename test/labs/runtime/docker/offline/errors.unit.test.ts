import { execa } from 'execa'
import { expect, test } from 'vitest'
import { diskFull } from '../../../../../labs/runtime/docker/offline/command.ts'
import { unreachable } from '../../../../../labs/runtime/docker/offline/private-apt.ts'
import { explain } from '../../../../../labs/runtime/docker/offline/why-not.ts'

/** An error as a program's: its words on standard error, and exit code 100. */
const saying = (stderr: string): Promise<unknown> =>
  execa('sh', ['-c', 'printf %s "$1" >&2; exit 100', 'sh', stderr]).catch((error: unknown) => error)

test('a full disk is named as such, whichever program met it', async () => {
  const words = ['dpkg-deb: error: No space left on device', 'write: ENOSPC', 'Disk quota exceeded']
  for (const word of words)
    expect(diskFull(await saying(word))?.message).toMatch(/The disk is full/)
  expect(diskFull(new Error('something else'))).toBeUndefined()
})

test('a mirror that does not answer is named, with the command that shows it', async () => {
  const said = `E: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  Temporary failure resolving 'deb.debian.org'
E: Some index files failed to download.`
  const error = unreachable('http://deb.debian.org/debian', await saying(said))
  expect(error?.message).toMatch(
    /http:\/\/deb\.debian\.org\/debian gave no packages: Temporary failure resolving/,
  )
  expect(error?.next).toMatch(/curl -I/)
})

test('the reason why an engine did not start is the last thing that it said', () => {
  const log = `time="…" level=info msg="Starting up"
failed to start daemon: time="…" level=error msg="cannot \\"mount\\" it"`
  expect(explain(log, '/cache/dockerd.log')).toMatchObject({
    message: expect.stringContaining('cannot "mount" it'),
    next: expect.stringContaining('/cache/dockerd.log'),
  })
})

test('a file system that cannot hold layers is told from other reasons', () => {
  const log =
    'failed to start daemon: error initializing graphdriver: driver not supported: overlay2'
  expect(explain(log, '/cache/dockerd.log').message).toMatch(/file system of the project/)
})
