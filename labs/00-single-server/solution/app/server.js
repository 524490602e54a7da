import { createServer } from 'node:http'
import { answerKey } from './recovery-key.js'
import { openForum } from './teahouse/open-forum.ts'

const forum = await openForum(process.env)

const server = createServer((request, response) => {
  if (request.url === '/recovery-key') return answerKey(response)
  forum.listener(request, response)
})
server.listen(forum.port)

// #region stop
// Nobody comes in any more; who is inside gets an answer; then the process ends. Without exit() the
// open connections to the database would keep it alive until SIGKILL.
process.once('SIGTERM', () => server.close(() => process.exit(0)))
// A browser keeps its connection after the answer, and close() would wait some six seconds for it.
process.once('SIGTERM', () => (server.keepAliveTimeout = 1))
// #endregion stop
