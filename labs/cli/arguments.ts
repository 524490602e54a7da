import { parseArgs } from 'node:util'
import { say } from '../language.ts'
import { type Disturbance, disturbances } from '../runtime/disturbances.ts'
import { type LabWord, labWords, projectWords } from './command-table.ts'
import { type OptionName, optionNames, optionTable } from './option-table.ts'

/** What the reader asked for. */
export type Command =
  | { readonly verb: 'help' | 'list' | 'doctor' | 'clean' | 'version' }
  | { readonly verb: 'watch' | 'reset' | 'open' | 'load'; readonly lab: string }
  | { readonly verb: 'check' | 'hint'; readonly lab: string; readonly task?: string }
  | {
      readonly verb: 'solution'
      readonly lab: string
      readonly task?: string
      readonly apply: boolean
    }
  | { readonly verb: 'down'; readonly lab: string; readonly data: boolean }
  | {
      readonly verb: 'break'
      readonly lab: string
      readonly server: string
      readonly how: Disturbance
    }
  | { readonly verb: 'mend' | 'logs'; readonly lab: string; readonly server?: string }
  | {
      readonly verb: 'exec'
      readonly lab: string
      readonly server: string
      readonly program: readonly string[]
    }

export interface Options {
  readonly json: boolean
  readonly poll: boolean
  readonly yes: boolean
  readonly port?: number
  readonly lang?: 'en' | 'zh'
}

/** Wrong words on the command line: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly next: string

  constructor(found: string, next = 'npm run lab -- --help') {
    super(found)
    this.next = next
  }
}

export function parseArguments(words: readonly string[]): { command: Command; options: Options } {
  const { on, values, rest } = sort(words)
  const options: Options = {
    json: on.has('json'),
    poll: on.has('poll'),
    yes: on.has('yes'),
    port: port(values.get('port')),
    lang: language(values.get('lang')),
  }
  return { command: chooseCommand(on, rest), options }
}

function sort(words: readonly string[]) {
  const { tokens } = parseArgs({
    args: [...words],
    options: optionTable,
    // What it would refuse, we refuse in the reader's language.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const on = new Set<OptionName>()
  const values = new Map<OptionName, string>()
  const rest: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value)
    if (token.kind === 'option') {
      const { name, rawName, value } = token
      if (!includes(optionNames, name)) throw new UsageError(noOption(rawName))
      if (optionTable[name].type === 'string') values.set(name, value ?? '')
      else on.add(name)
    }
    // What is run in a server has options of its own.
    if (rest.length === 3 && rest[1] === 'exec')
      return { on, values, rest: [...rest, ...program(words.slice(token.index + 1))] }
  }
  return { on, values, rest }
}

const program = (words: readonly string[]) => (words[0] === '--' ? words.slice(1) : words)

const noOption = (found: string) =>
  unknown(
    say('option', '选项'),
    found,
    optionNames.map((name) => `--${name}`),
  )

function chooseCommand(on: ReadonlySet<OptionName>, rest: readonly string[]): Command {
  if (on.has('help')) return { verb: 'help' }
  if (on.has('version')) return { verb: 'version' }
  const [lab, verb, ...more] = rest
  if (lab === undefined) return { verb: 'list' }
  if (includes(projectWords, lab)) return { verb: lab }
  if (verb === undefined || on.has('check'))
    return on.has('check') ? { verb: 'check', lab, task: verb } : { verb: 'watch', lab }
  if (verb === 'check') return { verb, lab, task: more[0] }
  if (!includes(labWords, verb))
    throw new UsageError(unknown(say('command', '命令'), verb, labWords))
  return labCommand(lab, verb, more, on)
}

function labCommand(
  lab: string,
  verb: LabWord,
  more: readonly string[],
  on: ReadonlySet<OptionName>,
): Command {
  const [first, second] = more
  switch (verb) {
    case 'hint':
      return { verb, lab, task: first }
    case 'solution':
      return { verb, lab, task: first, apply: on.has('apply') }
    case 'down':
      return { verb, lab, data: on.has('data') }
    case 'mend':
    case 'logs':
      return { verb, lab, server: first }
    case 'exec':
      return { verb, lab, ...runnable(lab, more) }
    case 'break':
      return { verb, lab, server: breakable(lab, first), how: manner(second) }
    default:
      return { verb, lab }
  }
}

function runnable(lab: string, [server, ...program]: readonly string[]) {
  if (server && program.length > 0) return { server, program }
  throw new UsageError(
    say('Run what, and in which server?', '要在哪台服务器里运行什么？'),
    `npm run lab ${lab} exec ${server ?? 'web1'} -- ip addr`,
  )
}

function breakable(lab: string, server: string | undefined): string {
  if (server) return server
  throw new UsageError(
    say('Break which server?', '要弄坏哪台服务器？'),
    `npm run lab ${lab} break web1`,
  )
}

function manner(how = 'kill'): Disturbance {
  if (includes(disturbances, how)) return how
  throw new UsageError(unknown(say('way to break a server', '弄坏服务器的方式'), how, disturbances))
}

function port(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number
  throw new UsageError(
    say(
      `--port wants a number from 1 to 65535, not "${text}".`,
      `--port 需要 1 到 65535 之间的数，而不是 “${text}”。`,
    ),
  )
}

function language(text: string | undefined): 'en' | 'zh' | undefined {
  if (text === undefined || text === 'en' || text === 'zh') return text
  throw new UsageError(
    say(`--lang wants en or zh, not "${text}".`, `--lang 需要 en 或 zh，而不是 “${text}”。`),
  )
}

function unknown(kind: string, found: string, known: readonly string[]): string {
  const list = known.join(', ')
  return say(
    `There is no ${kind} "${found}". There are: ${list}`,
    `没有叫 “${found}” 的${kind}。可用的有：${list}`,
  )
}

const includes = <T extends string>(list: readonly T[], word: string): word is T =>
  (list as readonly string[]).includes(word)
