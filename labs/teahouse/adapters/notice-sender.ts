import { request } from 'node:http'
import type { SendNotice } from '../ports.ts'

interface Options {
  readonly timeoutMs: number
}

/** By node:http, as fetch() sends neither a Host of one's own nor every method. */
export function createNoticeSender({ timeoutMs }: Options): SendNotice {
  return ({ method, url, headers }) =>
    new Promise((resolve, reject) => {
      const refuse = (why: string) => reject(new Error(`${method} ${url}: ${why}`))
      const outgoing = request(url, { method, headers: { ...headers } }, (answer) => {
        answer.resume()
        answer.on('error', (error) => refuse(error.message))
        answer.on('end', () => {
          const { statusCode = 0 } = answer
          if (statusCode < 400) resolve()
          else refuse(`answered ${statusCode}`)
        })
      })
      outgoing.setTimeout(timeoutMs, () =>
        outgoing.destroy(new Error(`silent for ${timeoutMs} ms`)),
      )
      outgoing.on('error', (error) => refuse(error.message))
      outgoing.end()
    })
}
