import { readExplained, untrue } from './explained.ts'
import { merge } from './merge.ts'
import { describe, type Mutant } from './mutants.ts'
import { readJudgements, stillTrue } from './records.ts'
import { run } from './run.ts'
import { scoreLine, type Standing, standingOf } from './score.ts'
import type { Subject } from './subject.ts'
import { allSubjects, subjectCalled } from './subjects.ts'
import { help, readWords, type RunWords } from './words.ts'

export interface Context {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** One command, one exit code. */
export async function command(args: readonly string[], context: Context): Promise<number> {
  const { out, err } = context
  const words = readWords(args)
  if (typeof words === 'string') return (err(words), 2)
  if (words.what === 'help') return (out(help.trimEnd()), 0)
  if (words.what === 'scores') return (tellScores(context, words.json), 0)
  if (words.what === 'merge') return mergeAll(context, words.files, words.json)
  const { what, which, wishes } = words
  const subject = subjectCalled(what, which)
  if (typeof subject === 'string') return (err(subject), 2)
  const { mutants, name } = subject
  const isKnown = wishes.only === undefined || mutants.some(({ id }) => id === wishes.only)
  if (!isKnown)
    return (err(`${name} has no ${wishes.only}. Next: npm run mutate ${name} -- --list`), 2)
  if (!words.list) return mutate(subject, words, context)
  if (words.json) out(JSON.stringify(mutants))
  else for (const mutant of mutants) out(lineOf(mutant))
  return 0
}

async function mutate(subject: Subject, words: RunWords, context: Context): Promise<number> {
  const { folder, mutants, name } = subject
  const { out, err, signal } = context
  const { wishes, json } = words
  const explained = readExplained(folder)
  mutants.filter(({ id }) => id === wishes.only).forEach((mutant) => err(wholeOf(mutant)))
  const ran = await run(subject, { explained, wishes, say: err, signal })
  const { judgements, errors, now } = ran
  const standing = standingOf(mutants, judgements, explained)
  const { score, survivors, open } = standing
  const lies = untrue(folder, explained, mutants, judgements)
  if (json) out(JSON.stringify({ name, score, survivors, open: open.length, now, errors, lies }))
  else {
    if (survivors.length > 0) out(`${name}: no check catches, and nothing explains`)
    for (const survivor of survivors) out(lineOf(survivor))
    lies.forEach(out)
    for (const { mutant, message } of errors) out(`${lineOf(mutant)}\n    not judged: ${message}`)
    out(scoreOf(subject, standing))
  }
  if (signal.aborted) return 130
  if (errors.length > 0) return 3
  return survivors.length > 0 || lies.length > 0 ? 1 : 0
}

function tellScores({ out }: Context, json: boolean): void {
  const all = allSubjects().map((subject) => {
    const judgements = stillTrue(subject, readJudgements(subject.slug))
    const explained = readExplained(subject.folder)
    return { subject, standing: standingOf(subject.mutants, judgements, explained) }
  })
  if (!json) return all.forEach(({ subject, standing }) => out(scoreOf(subject, standing)))
  const told = all.map(({ subject: { name }, standing: { score, open, survivors } }) => ({
    ...{ name, score, open: open.length, survivors },
  }))
  out(JSON.stringify(told))
}

async function mergeAll(
  { out }: Context,
  files: readonly string[],
  json: boolean,
): Promise<number> {
  let disputes = 0
  for (const file of files) {
    const merged = await merge(file, (slug) => allSubjects().find((one) => one.slug === slug))
    const { subject, added, stale, disputed, open } = merged
    disputes += disputed.length
    if (json) out(JSON.stringify({ ...merged, file, subject: subject.name }))
    else out(`${file}: ${subject.name}: ${added} added, ${stale} stale, ${open} not judged yet`)
    if (!json && disputed.length > 0)
      out(`  judged otherwise here, so to be judged again: ${disputed.join(', ')}`)
  }
  return disputes > 0 ? 1 : 0
}

const lineOf = (mutant: Mutant) => `  ${mutant.id}  line ${mutant.line}  ${describe(mutant)}`

function wholeOf({ file, line, was, becomes }: Mutant): string {
  const lines = (mark: string, text: string) => text.split('\n').map((one) => `  ${mark} ${one}`)
  return [`${file}:${line}`, ...lines('-', was), ...lines('+', becomes)].join('\n')
}

const scoreOf = ({ name, mutants }: Subject, { score, open }: Standing) =>
  `${name}: ${score ? scoreLine(score) : `${open.length} of ${mutants.length} not judged yet`}`
