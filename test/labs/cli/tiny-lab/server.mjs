import { createServer } from 'node:http'
import { greeting } from '/lab/app/greeting.ts'

const server = createServer(({ url }, response) => {
  response.setHeader('x-served-by', process.env.SERVER_NAME)
  response.end(greeting(new URL(url, 'http://web').searchParams.get('name')))
})
const open = () => server.listen(3000)
const close = () => server.close().closeAllConnections()

// `break web1 refuse`, as Teahouse does it.
process.on('SIGUSR2', () => (server.listening ? close() : open()))
// Node ends a process that waits for nothing.
setInterval(() => {}, 60_000)
open()
