import type { Command } from './arguments.ts'
import { breakServer, mendServer } from './commands/break.ts'
import { clean } from './commands/clean.ts'
import { doctor } from './commands/doctor.ts'
import { down } from './commands/down.ts'
import { reset, solution } from './commands/files.ts'
import { hint } from './commands/hint.ts'
import { list } from './commands/list.ts'
import { execIn, logs, openInBrowser } from './commands/servers.ts'
import { type Context, exitCode } from './context.ts'
import { findLab } from './find-lab.ts'
import { help } from './help.ts'

/** One command, one exit code. */
export async function run(context: Context, command: Command, version: string): Promise<number> {
  const { labs, out } = context
  if (!('lab' in command)) {
    if (command.verb === 'list') return list(context)
    if (command.verb === 'doctor') return doctor(context)
    if (command.verb === 'clean') return clean(context)
    out.line(command.verb === 'help' ? help() : version)
    return exitCode.pass
  }
  const lab = findLab(labs, command.lab)
  switch (command.verb) {
    // These three bring vitest or autocannon with them: the others need not wait for that.
    case 'watch':
      return (await import('./watch/watch.ts')).watch(context, lab)
    case 'check':
      return (await import('./commands/check.ts')).check(context, lab, command.task)
    case 'hint':
      return hint(context, lab, command.task)
    case 'solution':
      return solution(context, lab, command.task, command.apply)
    case 'reset':
      return reset(context, lab)
    case 'down':
      return down(context, lab, command.data)
    case 'open':
      return openInBrowser(context, lab)
    case 'load':
      return (await import('./commands/load.ts')).load(context, lab)
    case 'break':
      return breakServer(context, lab, command.server, command.how)
    case 'mend':
      return mendServer(context, lab, command.server)
    case 'exec':
      return execIn(context, lab, command.server, command.program)
    case 'logs':
      return logs(context, lab, command.server)
  }
}
