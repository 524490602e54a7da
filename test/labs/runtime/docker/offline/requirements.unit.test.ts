import { expect, test } from 'vitest'
import {
  whatIsMissing,
  type Machine,
} from '../../../../../labs/runtime/docker/offline/requirements.ts'

const debian: Machine = {
  platform: 'linux',
  uid: 0,
  arch: 'x64',
  distribution: 'debian',
  hasApt: true,
  hasKeyring: true,
  freeMegabytes: 50_000,
}
const refusal = (difference: Partial<Machine>) =>
  whatIsMissing({ ...debian, ...difference }, '/cache/engine')

test('a Debian machine with root and space lacks nothing', () => {
  expect(refusal({})).toBeNull()
  expect(refusal({ arch: 'arm64', distribution: 'ubuntu' })).toBeNull()
})

test.each<[string, Partial<Machine>, RegExp, RegExp]>([
  [
    'a Mac is sent to Docker Desktop',
    { platform: 'darwin', hasApt: false },
    /Linux only/,
    /docs\.docker\.com/,
  ],
  [
    'a user without root is told so, with the command',
    { uid: 1000 },
    /needs root.*uid 1000/,
    /sudo/,
  ],
  [
    'a Fedora has no Debian packages',
    { hasApt: false, distribution: 'fedora' },
    /fedora has no apt-get/,
    /docs\.docker\.com/,
  ],
  [
    'a Ubuntu may lack Debian’s keys',
    { hasKeyring: false, distribution: 'ubuntu' },
    /keys are not on this machine/,
    /debian-archive-keyring/,
  ],
  [
    'a disk nearly full is named with what is left',
    { freeMegabytes: 700.9 },
    /\/cache\/engine has 700 MB left/,
    /Free some space/,
  ],
  [
    'a processor that Debian’s engine is not built for is named',
    { arch: 'riscv64' },
    /riscv64/,
    /docs\.docker\.com/,
  ],
])('%s', (_, difference, found, next) => {
  const error = refusal(difference)
  expect(error?.message).toMatch(found)
  expect(error?.next).toMatch(next)
})
