/** Where a database writes each question before it answers it: MariaDB's general log, as a file. */
export interface QuestionLog {
  readonly server: string
  readonly file: string
}

type Exec = (
  server: string,
  command: readonly string[],
) => Promise<{ readonly stdout: string; readonly exitCode: number; readonly stderr: string }>

/** The statements that this database was asked while `work` was done, in their order. */
export async function watchQuestions(
  exec: Exec,
  { server, file }: QuestionLog,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const run = async (...command: readonly string[]) => {
    const { stdout, stderr, exitCode } = await exec(server, command)
    if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
    return stdout
  }
  const before = Number(await run('stat', '-c', '%s', file))
  await work()
  return parseQuestions(await run('tail', '-c', `+${before + 1}`, file))
}

/**
 * `261128 13:00:00<tab>    12 Query<tab>SELECT …`; the time stands only where it differs from the line
 * before, and a statement goes on over several lines. https://mariadb.com/kb/en/general-query-log/
 */
export function parseQuestions(log: string): string[] {
  const parts = log.split(/^(?:\d{6} +\d+:\d\d:\d\d)?\t+ *\d+ (\w[\w ]*)\t/m)
  return parts.flatMap((text, index) =>
    index > 0 && index % 2 === 0 && /^(?:Query|Execute)$/.test(parts[index - 1]!)
      ? [text.replace(/\s+/g, ' ').trim()]
      : [],
  )
}
