/**
 * Takes one FastCGI request after the other and answers with the script that it is told to run: an
 * empty page where nobody says which, as PHP's process manager. Reads no more of the protocol than that.
 * https://github.com/php/php-src/blob/master/sapi/fpm/fpm/fpm_main.c (init_request_info)
 */
import { createServer } from 'node:net'

/** The empty record that ends the body: version 1, type 5, request 1, and a length of 0. */
const endOfBody = Buffer.from([1, 5, 0, 1, 0, 0, 0, 0])

createServer((socket) => {
  let seen = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    seen = Buffer.concat([seen, chunk])
    if (!seen.includes(endOfBody)) return
    const script = /SCRIPT_FILENAME(\/[\w./-]+?\.php)/.exec(seen.toString('latin1'))?.[1] ?? ''
    const body = Buffer.from(`Content-Type: text/plain\r\n\r\n${script}`)
    const header = (type: number, length: number) => Buffer.from([1, type, 0, 1, 0, length, 0, 0])
    socket.write(Buffer.concat([header(6, body.length), body, header(6, 0)]))
    socket.end(Buffer.concat([header(3, 8), Buffer.alloc(8)]))
  })
  socket.on('error', () => socket.destroy())
}).listen(9001, '127.0.0.1', () => process.stdout.write('listening\n'))
