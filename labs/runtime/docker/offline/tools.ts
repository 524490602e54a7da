import { join } from 'node:path'
import { run } from './command.ts'
import { PERL, TOOLS } from './packages.ts'
import { toolIn } from './programs.ts'
import { unpack, type UnpackOptions } from './unpack.ts'

/** What builds the first image, none of it installed. */
export async function tools(
  home: string,
  options: UnpackOptions,
): Promise<{ readonly mmdebstrap: string }> {
  const folder = await unpack(TOOLS, home, options)
  return { mmdebstrap: join(folder, 'root/usr/bin/mmdebstrap') }
}

/** Of mmdebstrap's own list those that a small system may lack. */
const MODULES = ['Digest::SHA', 'English', 'Math::BigInt', 'Pod::Usage', 'Term::ANSIColor']
const NEEDED = `require "syscall.ph"; require "sys/ioctl.ph"; ${MODULES.map((name) => `require ${name};`).join(' ')}`

/** The system's perl, if it has what mmdebstrap needs; else one of our own. */
export async function perlFor(home: string, options: UnpackOptions): Promise<string> {
  try {
    await run('perl', ['-e', NEEDED])
    return 'perl'
  } catch {
    options.signal?.throwIfAborted()
    return toolIn(await unpack(PERL, home, options), 'perl')
  }
}
