import { readFile } from 'node:fs/promises'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { diskFull } from './command.ts'

/** Why an engine did not start, out of its log. */
export async function whyNot(log: string): Promise<EnvironmentError> {
  return explain(await readFile(log, 'utf8').catch(() => ''), log)
}

export function explain(text: string, log: string): EnvironmentError {
  const full = diskFull(text)
  if (full) return full
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  const reason = /msg="((?:[^"\\]|\\.)*)"/.exec(last)?.[1]?.replaceAll('\\"', '"') ?? last
  if (/overlay2|driver not supported|prior storage driver/.test(reason))
    return new EnvironmentError(
      say(
        `The file system of the project cannot hold Docker’s layers (${reason}).`,
        `项目所在的文件系统无法存放 Docker 的镜像层（${reason}）。`,
      ),
      say(
        'Move the project to a disk with ext4, xfs or btrfs; inside a container, to a volume.',
        '把项目移到 ext4、xfs 或 btrfs 的磁盘上；如果在容器里，移到卷上。',
      ),
    )
  return new EnvironmentError(
    say(
      `The project’s own Docker engine did not start: ${reason || 'it said nothing'}`,
      `项目自带的 Docker 引擎没有启动：${reason || '没有任何输出'}`,
    ),
    say(`Read its log: tail -30 '${log}'`, `查看日志：tail -30 '${log}'`),
  )
}
