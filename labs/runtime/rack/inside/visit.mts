/** A reader's browser, let in at the client's place. Run by Node itself: erasable types only. */
import { request } from 'node:http'

/** A request or an answer of any bytes, packed for a line of text. */
export interface Visit {
  readonly method: string
  readonly path: string
  /** Name, value, name, value: as they came. */
  readonly headers: readonly string[]
  readonly body: string
}

export interface Visited {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

export function visit({ method, path, headers, body }: Visit): Promise<Visited> {
  const [host, port] = [process.env.FRONT_HOST, process.env.FRONT_PORT]
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, method, path, headers: [...headers], agent: false })
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error('no answer in 10 s')))
    outgoing.on('error', reject)
    outgoing.on('response', async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk as Buffer)
      resolve({
        status: answer.statusCode ?? 502,
        headers: answer.rawHeaders,
        body: Buffer.concat(chunks).toString('base64'),
      })
    })
    outgoing.end(Buffer.from(body, 'base64'))
  })
}
