import { bodyLimit } from 'hono/body-limit'
import type { House, HouseContext } from './house.ts'
import { problem } from './page.ts'

type Form = Record<string, string | File>

/** The form of a POST, or undefined where the body is no form at all. */
export async function readForm(c: HouseContext): Promise<Form | undefined> {
  return c.req.parseBody().catch(() => undefined)
}

/** A field as people meant it: trimmed, and with one kind of line end. */
export function textOf(form: Form | undefined, name: string): string {
  const value = form?.[name]
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim().normalize() : ''
}

export const atMost = (house: House, maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (c) =>
      problem(c, house, {
        status: 413,
        title: 'That is too much for one cup',
        text: `The most that this form takes is ${Math.floor(maxSize / 1024)} KB.`,
      }),
  })
