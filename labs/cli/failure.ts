import pc from './colors.ts'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { UsageError } from './arguments.ts'
import { exitCode } from './context.ts'
import type { Output } from './output.ts'

/** Whatever was thrown, in two lines: what was found, and what to type next. Returns the exit code. */
export function reportFailure(error: unknown, out: Output, json: boolean): number {
  const { found, next, code } = describe(error)
  if (json) out.json({ outcome: 'error', found, next, exitCode: code })
  else
    out.note(
      `${pc.reset(pc.yellow('!'))} ${pc.reset(found)}${next ? `\n  ${say('Next:', '下一步：')} ${next}` : ''}`,
    )
  return code
}

function describe(error: unknown): { found: string; next?: string; code: number } {
  if (error instanceof UsageError)
    return { found: error.message, next: error.next, code: exitCode.usage }
  if (error instanceof EnvironmentError)
    return { found: error.message, next: error.next, code: exitCode.environment }
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return {
      found: say('The disk is full.', '磁盘已满。'),
      next: say('free some space, then repeat the command', '清出一些空间，再重试'),
      code: exitCode.environment,
    }
  const { path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  // Node 20 says ENOENT when it may not make a folder on a read-only disk.
  const cannot = unwritable.has(code ?? '') || (code === 'ENOENT' && syscall === 'mkdir')
  if (path && cannot)
    return {
      found: say(`${path} cannot be written (${code}).`, `无法写入 ${path}（${code}）。`),
      next: say(
        'make it writable, or choose another folder with FOUR_TIERS_HOME',
        '让它可写，或者用 FOUR_TIERS_HOME 指定另一个目录',
      ),
      code: exitCode.environment,
    }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    found: say(
      `A bug in Four Tiers, not in your work:\n${stack}`,
      `这是 Four Tiers 的缺陷，不是你的问题：\n${stack}`,
    ),
    next: say('please report it, with these lines', '请把以上内容报告给我们'),
    code: exitCode.environment,
  }
}

const unwritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'])
