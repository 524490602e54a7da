import { createServer } from 'node:http'
import { answerKey } from './recovery-key.js'
import { openForum } from './teahouse/open-forum.ts'

const forum = await openForum(process.env)

const server = createServer((request, response) => {
  if (request.url === '/recovery-key') return answerKey(response)
  forum.listener(request, response)
})
server.listen(forum.port)

// TODO task 3: `docker stop` sends SIGTERM, and ten seconds later SIGKILL.
