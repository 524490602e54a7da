import { say } from '../language.ts'
import type { Thrown } from '../vitest-worker/report.ts'
import { outcomeOf, type TestVerdict, type Verdict } from './verdict.ts'
import type { CheckReport } from './worker/messages.ts'

/** What ran, in the words of the lab: the reader's fault and the environment's kept apart. */
export function judge(
  task: string,
  tests: readonly CheckReport[],
  errors: readonly Thrown[],
  ms: number,
): Verdict {
  const all = [...errors.map((error) => broken(task, error)), ...tests.map(judgeTest)]
  if (all.length === 0) all.push(broken(task, { message: 'no test ran' }))
  return { task, outcome: outcomeOf(all), ms, tests: all }
}

export function judgeTest({ title, state, trace, said, errors }: CheckReport): TestVerdict {
  if (state === 'pass') return { title, outcome: 'pass', trace }
  if (errors.length === 0) return { title, outcome: 'skipped', trace }
  const environment = errors.find((error) => error.name === 'EnvironmentError')
  if (environment)
    return { title, outcome: 'error', trace, message: environment.message, next: environment.next }
  const ended = errors.find((error) => error.name === 'ServerEnded')
  if (ended) return { title, outcome: 'fail', trace, message: ended.message, next: ended.next }
  const assertion = errors.find((error) => error.name === 'AssertionError')
  if (!assertion) return { ...broken(title, errors[0]!), trace }
  return {
    title,
    outcome: 'fail',
    trace,
    message: firstLine(assertion.message),
    expected: text(assertion.expected),
    observed: text(assertion.actual),
    ...(said.length > 0 ? { said: said.join('\n') } : {}),
  }
}

/** Neither the reader nor the machine, as far as can be known: our own check fell over. */
function broken(title: string, error: Pick<Thrown, 'message'>): TestVerdict {
  const [, limit] = /timed out in (\d+)ms/.exec(error.message) ?? []
  if (limit) return late(title, Number(limit) / 1000)
  return {
    title,
    outcome: 'error',
    trace: [],
    message: say(`The check itself broke: ${error.message}`, `检查程序自身出错：${error.message}`),
    next: say(
      'repeat it; if it happens again, please report it',
      '重试一次；如果再次出现，请报告给我们',
    ),
  }
}

const late = (title: string, seconds: number): TestVerdict => ({
  title,
  outcome: 'error',
  trace: [],
  message: say(
    `The check was not done within ${seconds} s: this machine is busy, or something never ends.`,
    `检查在 ${seconds} 秒内没有做完：这台机器太忙，或者有什么一直没有结束。`,
  ),
  next: say(
    'repeat it while nothing else runs; if it happens again, please report it',
    '别的都停下，再试一次；如果再次出现，请报告给我们',
  ),
})

const firstLine = (message: string) => message.split('\n')[0]?.replace(/: expected .*$/, '') ?? ''

/** Values arrive printed; what is not there is said in words. */
function text(printed: string | undefined): string | undefined {
  if (printed === 'undefined') return say('nothing', '没有')
  if (!printed || !/^[[{]/.test(printed)) return printed
  // vitest prints a list over several lines, with a comma after the last item.
  const line = printed.replace(/,?\n\s*/g, ' ')
  return line.replace(/^\[ | \]$/g, (edge) => edge.trim())
}
