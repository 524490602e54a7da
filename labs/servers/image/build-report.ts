import type { Problem } from '../kind/problem.ts'
import { buildMeaning } from './meanings.ts'

/**
 * BuildKit names the step that failed: ` > [web stage-0 3/6] RUN npm ci:`, then what the program
 * said, then a rule; its own verdict comes last: `failed to solve: …`.
 */
export function parseBuild(output: string, file: string, dockerfile: string): Problem {
  const [, step = '', said = ''] = /^ > \[[^\]]*\] (.*):\n([^]*?)^------$/m.exec(output) ?? []
  const verdict =
    /failed to solve: (.*)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? ''
  const line =
    /\bDockerfile:(\d+)$/m.exec(output)?.[1] ?? / on line (\d+)/.exec(verdict)?.[1] ?? undefined
  const words = said
    .split('\n')
    .map((one) => one.replace(/^\d+\.\d+ ?/, '').trim())
    .filter((one) => one !== '')
  const message = [plainly(verdict), ...words.slice(0, 3)].join('\n')
  return {
    file,
    line: line ? Number(line) : lineOfStep(dockerfile, step || verdict),
    message,
    meaning: buildMeaning(verdict),
  }
}

/** Without the names that BuildKit has for its own inner steps. */
const plainly = (verdict: string) =>
  verdict
    .replace(/^failed to compute cache key: /, '')
    .replace(/^failed to calculate checksum of ref \S+ /, '')
    .replace(/^(\S+): failed to resolve source metadata for .*/, '$1: no such image here')

/** The instruction as BuildKit repeats it, or the FROM of the image that it speaks of. */
function lineOfStep(dockerfile: string, step: string): number | undefined {
  const wanted = oneSpace(step)
  const found = instructions(dockerfile).find(({ text }) => {
    if (oneSpace(text) === wanted) return true
    const [word = '', image] = text.split(/\s+/)
    return /^from$/i.test(word) && image !== undefined && wanted.includes(image)
  })
  return found?.line
}

/** Each instruction with the line where it begins; a backslash at the end goes on below. */
function instructions(dockerfile: string): { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = []
  let open = false
  for (const [index, raw] of dockerfile.split('\n').entries()) {
    if (/^\s*(#|$)/.test(raw)) continue
    const text = raw.replace(/\\\s*$/, '')
    if (open) found.at(-1)!.text += ` ${text}`
    else found.push({ line: index + 1, text })
    open = /\\\s*$/.test(raw)
  }
  return found
}

const oneSpace = (text: string) => text.trim().replace(/\s+/g, ' ')
