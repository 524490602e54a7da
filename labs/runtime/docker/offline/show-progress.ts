import type { OnProgress, Progress } from './progress.ts'

/** What of standard error is needed. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressLine {
  readonly show: OnProgress
  /** Leaves the line as it is: what is written next begins a new one. Twice is once. */
  end(): void
}

/** In a terminal a bar that moves; elsewhere one plain line a step. No colours at all. */
export function showProgress(
  stream: Stream,
  {
    now = () => performance.now(),
    isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb',
  } = {},
): ProgressLine {
  let last: Progress | undefined
  let since = 0
  let timer: NodeJS.Timeout | undefined
  const paint = (progress: Progress) => {
    // A terminal that does not know its width says 0.
    const room = Math.max(20, (stream.columns || 80) - 1)
    stream.write(`\r\u001b[K${barLine(progress, (now() - since) / 1000, room)}`)
  }
  const end = () => {
    clearInterval(timer)
    if (isTerminal && last) stream.write('\n')
    last = undefined
  }
  return {
    end,
    show(progress) {
      const isNew = progress.step !== last?.step
      if (isNew) {
        end()
        since = now()
      }
      last = progress
      if (!isTerminal) return void (isNew && stream.write(`${progress.step}\n`))
      paint(progress)
      if (!isNew) return
      // It moves even where nothing is heard of the work; it keeps no process alive.
      timer = setInterval(() => last && paint(last), 200)
      timer.unref()
    },
  }
}

const width = 24

/** One line: the step, and how far it is by what is done, or by the time it should take. */
export function barLine(progress: Progress, elapsed: number, room: number): string {
  const { step, done = 0, total, seconds } = progress
  if (!total && !seconds) return step.slice(0, room)
  // A step that takes longer than it should comes nearer to its end, and never there.
  const part = total ? Math.min(1, done / total) : 1 - Math.exp(-elapsed / (seconds ?? 1))
  const full = Math.round(part * width)
  const figure = total ? `${done}/${total}` : `${Math.round(elapsed)} s`
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${figure}  ${step}`.slice(0, room)
}
