import { bounds } from './logbook.ts'

const deepest = 3
const widest = 30

/** What `console.log` was given, as one text. Values may be hostile: whatever they do, a text comes. */
export function printed(values: readonly unknown[]): string {
  try {
    const texts = values.map((value) => (typeof value === 'string' ? value : inspect(value)))
    return texts.join(' ').slice(0, bounds.line + 1)
  } catch {
    return '[cannot be shown]'
  }
}

function inspect(value: unknown, above: readonly unknown[] = []): string {
  if (typeof value === 'string') return `'${value.slice(0, bounds.line)}'`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return `[function ${value.name || 'without a name'}]`
  if (typeof value !== 'object' || value === null) return String(value)
  if (above.includes(value)) return '[circular]'
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toJSON()
  if (above.length === deepest) return Array.isArray(value) ? '[…]' : '{…}'
  const inside = (one: unknown) => inspect(one, [...above, value])
  if (Array.isArray(value)) return `[${list(value, value.length, inside)}]`
  if (value instanceof Set) return `Set {${list(value, value.size, inside)}}`
  if (value instanceof Map)
    return `Map {${list(value, value.size, ([key, one]) => `${inside(key)} => ${inside(one)}`)}}`
  return ofObject(value, inside)
}

function ofObject(value: object, inside: (one: unknown) => string): string {
  const keys = Object.keys(value)
  const fields = list(keys, keys.length, (key) => `${key}: ${field(value, key, inside)}`)
  const name = Object.getPrototypeOf(value)?.constructor?.name as unknown
  const title = typeof name === 'string' && name !== 'Object' && name ? `${name} ` : ''
  return `${title}{${fields && ` ${fields} `}}`
}

/** A getter may throw. */
function field(value: object, key: string, inside: (one: unknown) => string): string {
  try {
    return inside((value as Readonly<Record<string, unknown>>)[key])
  } catch {
    return '[throws]'
  }
}

function list<T>(values: Iterable<T>, count: number, print: (value: T) => string): string {
  const texts: string[] = []
  for (const value of values) {
    if (texts.length === widest) break
    texts.push(print(value))
  }
  if (count > widest) texts.push(`… ${count - widest} more`)
  return texts.join(', ')
}
