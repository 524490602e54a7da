import { wordBytes } from './byte-set.ts'
import type { Anchor } from './node.ts'
import type { Program } from './program.ts'

/** How often it may turn back; shared by all that one match tries. */
export interface Patience {
  left: number
}

/** Where the first match that begins at `from` ends; -1: there is none; undefined: patience ended. */
export function run(
  { steps, rounds }: Program,
  text: string,
  from: number,
  patience: Patience,
): number | undefined {
  /** Where a loop's round began; what to restore on the way back lies on the stack, negative. */
  const begun = new Int32Array(rounds).fill(-1)
  const stack: number[] = []
  let step = 0
  let at = from
  for (;;) {
    const now = steps[step]!
    let hasFailed = false
    switch (now.do) {
      case 'done':
        return at
      case 'take':
        if (at < text.length && now.set[text.charCodeAt(at)] === 1) {
          at++
          step++
        } else hasFailed = true
        break
      case 'at':
        if (isAt(now.place, text, at)) step++
        else hasFailed = true
        break
      case 'try':
        stack.push(now.then, at)
        step = now.first
        break
      case 'go':
        step = now.to
        break
      case 'begin':
        stack.push(begun[now.round]!, -1 - now.round)
        begun[now.round] = at
        step++
        break
      case 'again':
        // A round that took nothing would go round for ever.
        step = begun[now.round] === at ? step + 1 : now.to
        break
      case 'look': {
        const start = at - now.back
        const end = start < 0 ? -1 : run(now.program, text, start, patience)
        if (end === undefined) return undefined
        if (now.back > 0 || !now.isAtomic ? end >= 0 !== now.isNot : end >= 0) {
          if (now.isAtomic) at = end
          step++
        } else hasFailed = true
      }
    }
    if (!hasFailed) continue
    if (--patience.left < 0) return undefined
    for (;;) {
      const place = stack.pop()
      if (place === undefined) return -1
      const other = stack.pop()!
      if (place < 0) begun[-1 - place] = other
      else {
        at = place
        step = other
        break
      }
    }
  }
}

function isAt(place: Anchor, text: string, at: number): boolean {
  switch (place) {
    case 'start':
      return at === 0
    case 'very-end':
      return at === text.length
    case 'end':
      return at === text.length || (at === text.length - 1 && text[at] === '\n')
    case 'word-edge':
      return isWord(text, at - 1) !== isWord(text, at)
    case 'no-word-edge':
      return isWord(text, at - 1) === isWord(text, at)
  }
}

const isWord = (text: string, at: number): boolean => wordBytes[text.charCodeAt(at)] === 1
