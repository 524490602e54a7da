import type { TestCase, TestModule } from 'vitest/node'
import { say } from '../language.ts'
import { outcomeOf, type TestVerdict, type Verdict } from './verdict.ts'

/** vitest's result, in the words of the lab: the reader's fault and the environment's kept apart. */
export function judgeModule(module: TestModule, task: string): Verdict {
  const tests = [...module.children.allTests()].map(judgeTest)
  const own = module.errors().map((error) => broken(task, error))
  const all = [...own, ...tests]
  if (all.length === 0) all.push(broken(task, { message: `${task}: no test ran` }))
  return { task, outcome: outcomeOf(all), ms: module.diagnostic().duration, tests: all }
}

interface Thrown {
  readonly name?: string
  readonly message: string
  readonly expected?: unknown
  readonly actual?: unknown
  readonly next?: unknown
}

function judgeTest(test: TestCase): TestVerdict {
  const { state, errors = [] } = test.result() as { state: string; errors?: readonly Thrown[] }
  const trace = test.meta().trace ?? []
  const title = test.name
  if (state === 'passed') return { title, outcome: 'pass', trace }
  if (errors.length === 0) return { title, outcome: 'skipped', trace }
  const environment = errors.find((error) => error.name === 'EnvironmentError')
  if (environment)
    return {
      title,
      outcome: 'error',
      trace,
      message: environment.message,
      next: String(environment.next),
    }
  const assertion = errors.find((error) => error.name === 'AssertionError')
  if (!assertion) return { ...broken(title, errors[0]!), trace }
  return {
    title,
    outcome: 'fail',
    trace,
    message: firstLine(assertion.message),
    expected: text(assertion.expected),
    observed: text(assertion.actual),
  }
}

/** Neither the reader nor the machine: our own check fell over. */
function broken(title: string, error: Thrown): TestVerdict {
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

const firstLine = (message: string) => message.split('\n')[0]?.replace(/: expected .*$/, '') ?? ''

/** Values arrive printed; what is not there is said in words. */
function text(value: unknown): string | undefined {
  if (value === 'undefined') return say('nothing', '没有')
  if (value === undefined || value === null) return undefined
  // vitest prints a list over several lines, with a comma after the last item.
  const printed = typeof value === 'string' ? value : JSON.stringify(value)
  return /^[[{]/.test(printed)
    ? printed.replace(/,?\n\s*/g, ' ').replace(/^\[ | \]$/g, (edge) => edge.trim())
    : printed
}
