import { meaningIn, type Meanings } from '../kind/meanings.ts'
import type { Problem } from '../kind/problem.ts'

/** The folder in the reader's, and the file in it that the server is started with. */
interface FirstFile {
  readonly files: string
  readonly main: string
}

/**
 * `Reading the configuration file, at line 3`, the line behind `>>>`, then what is wrong with it. A name
 * that it does not know may be a module's: it is told later, and without a number. Of which file the
 * line is, Redis does not say: it is the one where these words stand there.
 */
export function parseRedis(
  output: string,
  { files, main }: FirstFile,
  text: string,
  included: ReadonlyMap<string, string> = new Map(),
): Problem {
  const [, number, quoted, said] = /at line (\d+)\n>>> '(.*)'\n(.*)/.exec(output) ?? []
  const unknown = / # >>> '([\w-]+) /.exec(output)?.[1]
  const isUnknown = (line: string) => line.trim().toLowerCase().split(/\s/)[0] === unknown
  const all = [[files + main, text] as const, ...included].map(([file, text]) => {
    const lines = text.split('\n')
    const isQuoted = quoted !== undefined && lines[Number(number) - 1]?.trim() === quoted
    return { file, line: isQuoted ? Number(number) : lines.findIndex(isUnknown) + 1 }
  })
  const place = all.find(({ line }) => line > 0)
  // `12:M 27 Nov 2026 19:41:48.123 # Aborting Redis startup because of ACL errors: …`
  const last = output.trim().split('\n').at(-1) ?? ''
  const message = said ?? last.replace(/^\d+:\w [^#*]*[#*] /, '').slice(0, 400)
  return {
    file: place?.file ?? files + main,
    line: place?.line ?? (Number(number) || undefined),
    message,
    meaning: meaningIn(meanings, message),
  }
}

/** Redis' own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [
    /Bad directive|wrong number of arguments/,
    {
      en: 'A misspelt name, or a word too many or too few behind it.',
      zh: '名字拼错了，或者后面的词多了、少了。',
    },
  ],
  [
    /^Module Configuration detected/,
    {
      en: 'Redis has no such setting: the name is misspelt, or it belongs to a module.',
      zh: 'Redis 没有这项设置：名字拼错了，或者它属于某个模块。',
    },
  ],
  [
    /must be a memory value/,
    {
      en: 'A size is a number and a unit without a space: 100mb, 1gb.',
      zh: '大小写成数字加单位，中间没有空格：100mb、1gb。',
    },
  ],
  [
    /must be between|couldn't be parsed|must be one of|must be 'yes' or 'no'/,
    { en: 'The name is known, the value behind it is not.', zh: '名字没错，后面的值不对。' },
  ],
  [/[Uu]nbalanced quotes/, { en: 'A quotation mark was never closed.', zh: '有引号没有结束。' }],
  [
    /Can't chdir|No such file or directory/,
    {
      en: 'The path is one inside the container, and nothing is there.',
      zh: '路径是容器里面的路径，而那里什么也没有。',
    },
  ],
]
