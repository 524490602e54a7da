import { meaningIn, type Meanings } from '../kind/meanings.ts'
import type { Problem } from '../kind/problem.ts'
import { parseRedis } from '../redis/report.ts'

/** A Sentinel is a Redis in another mode: it complains in the same form, and of other things. */
export function parseSentinel(
  output: string,
  place: { readonly files: string; readonly main: string },
  text: string,
): Problem {
  const problem = parseRedis(output, place, text)
  return { ...problem, meaning: meaningIn(meanings, problem.message) ?? problem.meaning }
}

/**
 * A name that leads nowhere, of a file that a Sentinel takes all the same: it begins, and waits for
 * somebody who never comes.
 */
export function unresolvedIn(
  output: string,
  { files, main }: { readonly files: string; readonly main: string },
  text: string,
): Problem | undefined {
  const [message, name] = /Failed to resolve hostname '([^']+)'/.exec(output) ?? []
  if (!message) return undefined
  const names = (line: string) => line.split('#')[0]!.split(/\s+/).includes(name!)
  const line = text.split('\n').findIndex(names) + 1
  const place = { file: files + main, line: line || undefined }
  return { ...place, message, meaning: meaningIn(meanings, message) }
}

const meanings: Meanings = [
  [
    /No such master with specified name/,
    {
      en: '`sentinel monitor` gives a master its name; every other line about it uses that one.',
      zh: '主的名字由 `sentinel monitor` 起；其他关于它的行都用这个名字。',
    },
  ],
  [
    /Can't resolve|Failed to resolve/,
    {
      en: 'No server has this name. And names are allowed only with `sentinel resolve-hostnames yes`.',
      zh: '没有叫这个名字的服务器。另外，写了 `sentinel resolve-hostnames yes` 才能用名字。',
    },
  ],
  [
    /Quorum must be/,
    {
      en: 'The last number of `sentinel monitor`: how many Sentinels must agree that the master is down.',
      zh: '`sentinel monitor` 的最后一个数：几个哨兵都说主不在了才算数。',
    },
  ],
  [
    /Unrecognized sentinel configuration|wrong number of arguments|Bad directive/,
    {
      en: 'A misspelt word behind `sentinel`, or one too many or too few.',
      zh: '`sentinel` 后面的词拼错了，或者多了、少了。',
    },
  ],
  [
    /negative or zero|Duplicate/,
    {
      en: 'Times are milliseconds, more than none; and a name is given once.',
      zh: '时间以毫秒计，要大于零；同一个名字只能起一次。',
    },
  ],
]
