/**
 * Starts a worker from a text, with a way to the page that nobody else knows. Every page's policy
 * allows this script by its hash (content-security-policy.ts).
 */
export const frameScript = `
onmessage = ({ data: code, ports: [own, given] }) => {
  try {
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
    worker.onerror = ({ message }) => own.postMessage(message || '')
    worker.postMessage(undefined, [given])
  } catch (error) {
    own.postMessage(String(error))
  }
}
`

/** What may load here is a script made here: nothing from a network, nothing to a network. */
const policy = "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:"

/** The worker has the policy of the document that starts it, and of the page around that. */
export const frameDocument = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<script>${frameScript}</script>`
