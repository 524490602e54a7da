import { say } from '../../language.ts'
import { giveBack, ownParts, refuseWhileInUse } from '../../session/own-disk.ts'
import { UsageError } from '../arguments.ts'
import { answers } from '../consent.ts'
import { type Context, exitCode } from '../context.ts'

/** Gives back what the project has put on the disk; progress, hints and the reader's files stay. */
export async function clean(context: Context): Promise<number> {
  const { labs, out, options } = context
  await refuseWhileInUse(labs)
  const parts = await ownParts()
  const megabytes = parts.reduce((sum, part) => sum + part.megabytes, 0)
  if (!options.json) {
    for (const { what, megabytes } of parts) out.line(`  ${what}${say(': ', '：')}${megabytes} MB`)
    if (parts.length > 0)
      out.line(
        say(
          "The labs' databases on the project's engine go with it; your files and your progress stay. The next lab brings the rest again.",
          '项目自带引擎里的实验数据库会一起删除；你的文件和进度会保留。下次启动实验时，其余的会重新准备。',
        ),
      )
  }
  if (parts.length > 0 && !options.yes && !(await agrees(context))) {
    out.line(say('Everything stays.', '什么都没有删除。'))
    return exitCode.pass
  }
  await giveBack(labs)
  if (options.json) out.json({ cleaned: parts, megabytes })
  else out.line(say(`${megabytes} MB are free again.`, `腾出了 ${megabytes} MB。`))
  return exitCode.pass
}

/** Nobody can be asked where there is no terminal. */
function agrees(context: Context): Promise<boolean> {
  if (context.out.isTerminal && !context.options.json)
    return answers(context, say('Throw it away? [y/N] ', '删除吗？[y/N] '), /^\s*(y|是)/i)
  throw new UsageError(
    say('Without a terminal nobody can be asked.', '没有终端，无法询问。'),
    'npm run lab clean -- --yes',
  )
}
