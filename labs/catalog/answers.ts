import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { applyEdits, EditError } from './edits.ts'

const text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })

/** Part of a file of the solution becomes another. */
const replacement = z.strictObject({ file: z.string(), find: z.string(), replace: z.string() })
/** A file of its own, or one that has little in common with the solution's. */
const whole = z.strictObject({ file: z.string(), text: z.string() })
/** An exercise has one file only. */
const solution = 'solution.ts'

const labAnswer = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'),
  /** The one task that a mistake fails, or that another right answer is about. */
  task: z.string(),
  is: z.enum(['wrong', 'right']),
  /** Of a mistake: other tasks that it may fail, too. The checks must be right about all the rest. */
  also: z.array(z.string()).default([]),
  why: text,
  edits: z.array(z.union([replacement, whole])).min(1),
})
const exerciseAnswer = labAnswer.omit({ task: true, also: true }).extend({
  edits: z
    .array(z.union([replacement.omit({ file: true }), whole.omit({ file: true })]))
    .min(1)
    .transform((edits) => edits.map((edit) => ({ file: solution, ...edit }))),
})

type Content = Omit<z.infer<typeof labAnswer>, 'task' | 'also'>

/** A plausible mistake, or another right answer: what differs from the solution. */
export interface Answer extends Content {
  /** Whole files, by their path in the solution's folder. */
  readonly files: ReadonlyMap<string, string>
}
export interface LabAnswer extends Answer {
  readonly task: string
  readonly also: readonly string[]
}

/**
 * The answers to a lab that its checks must judge rightly, from its `answers.yaml`.
 *
 * @throws Error naming file and line, where the file is no list of answers, or an edit is out of date.
 */
export function readLabAnswers(folder: string): readonly LabAnswer[] {
  return read(folder, labAnswer, join(folder, 'solution'))
}

/** The same for an exercise. Each answer has one file: `solution.ts`. */
export function readExerciseAnswers(folder: string): readonly Answer[] {
  return read(folder, exerciseAnswer, folder)
}

/** What an exercise's answer says, in full. */
export const codeOf = ({ files }: Answer): string => files.get(solution)!

function read<T extends Content>(folder: string, answer: z.ZodType<T>, base: string) {
  const file = join(folder, 'answers.yaml')
  const counter = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter })
  const refuse = (path: readonly PropertyKey[], found: string, next: string) =>
    new Error(`${file}:${lineOf(document, counter, path)}: ${found}. Next: ${next}`)
  const [broken] = document.errors
  if (broken) throw new Error(`${file}: ${broken.message}`)
  const parsed = z.array(answer).safeParse(document.toJS())
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue]
    throw refuse(path, `${path.slice(1).join('.')}: ${message}`, 'write it as its neighbours are')
  }
  const names = parsed.data.map(({ name }) => name)
  const twice = names.findIndex((name, place) => names.indexOf(name) < place)
  if (twice >= 0) throw refuse([twice], `a second answer "${names[twice]}"`, 'rename one of them')
  return parsed.data.map((one, place) => ({
    ...one,
    files: filesOf(one.edits, base, (edit, found, next) =>
      refuse([place, 'edits', edit], `${one.name}: ${found}`, next),
    ),
  }))
}

type Refuse = (edit: number, found: string, next: string) => Error

function filesOf(edits: Content['edits'], base: string, refuse: Refuse) {
  const files = new Map<string, string>()
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const places = [...edits.keys()].filter((place) => edits[place]!.file === file)
    const own = places.map((place) => edits[place]!)
    const [first] = own
    if (first && 'text' in first) {
      if (own.length > 1) throw refuse(places[1]!, `${file} is whole already`, 'leave one of them')
      files.set(file, first.text)
      continue
    }
    const original = join(base, file)
    if (!existsSync(original)) throw refuse(places[0]!, `no ${original}`, 'give the file a `text`')
    try {
      files.set(
        file,
        applyEdits(
          readFileSync(original, 'utf8'),
          own.filter((edit) => 'find' in edit),
        ),
      )
    } catch (error) {
      if (!(error instanceof EditError)) throw error
      const next = `copy the place from ${original}`
      throw refuse(places[error.edit]!, `${error.message} in ${file}`, next)
    }
  }
  return files
}

/** The line on which this part begins; where it is missing, what should hold it. */
function lineOf(document: Document, counter: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    const at = (node as { range?: readonly number[] } | undefined)?.range?.[0]
    if (at !== undefined && (isMap(node) || isSeq(node) || length > 0))
      return counter.linePos(at).line
  }
  return 1
}
