import { parser } from '@lezer/javascript'

const typescript = parser.configure({ dialect: 'ts' })

/**
 * The line of the first thing that is no TypeScript. The transpiler names a line as well, but the
 * first one of the whole arrow function that the mistake is in.
 */
export function firstErrorLine(source: string): number | undefined {
  let line: number | undefined
  typescript.parse(source).iterate({
    enter: ({ type, from }) => {
      if (type.isError) line ??= source.slice(0, from).split('\n').length
      return line === undefined
    },
  })
  return line
}
