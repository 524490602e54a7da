// The whole book, kept at the first visit. `files` and `version` are written by write-service-worker.ts.
const { version, files } = self.precache
const prefix = `four-tiers ${self.registration.scope} `
const name = prefix + version
const address = (path) => new URL(path, self.registration.scope).href

/** A version is kept whole before it is used; what the last one had under the same hash is copied. */
self.addEventListener('install', (event) => event.waitUntil(keepAll()))

// It does not push the running version out: open pages keep the files that they were built with.
self.addEventListener('activate', (event) =>
  event.waitUntil(dropOthers().then(() => clients.claim())),
)

self.addEventListener('fetch', (event) => {
  const { request } = event
  const isOurs = request.method === 'GET' && request.url.startsWith(self.registration.scope)
  if (!isOurs) return
  if (request.url.startsWith(address('assets/'))) event.respondWith(cacheFirst(request))
  else event.respondWith(networkFirst(request))
})

async function keepAll() {
  const cache = await caches.open(name)
  const queue = [...files]
  const keepNext = async () => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop())
      await cache.put(address(path), await obtain(path))
  }
  await Promise.all(Array.from({ length: 6 }, keepNext))
}

async function obtain(path) {
  const old = path.startsWith('assets/') && (await caches.match(address(path)))
  if (old) return old
  const response = await fetch(address(path), { cache: 'no-cache' })
  if (!response.ok && path !== '404.html') throw new Error(`${path}: ${response.status}`)
  // Made anew: a browser refuses a kept response that was redirected.
  return new Response(await response.blob(), { status: 200, headers: response.headers })
}

async function dropOthers() {
  const others = (await caches.keys()).filter((key) => key.startsWith(prefix) && key !== name)
  await Promise.all(others.map((key) => caches.delete(key)))
}

/** A file whose name holds its hash never changes; one that was not kept before is from now on. */
async function cacheFirst(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(name)
    // A full disk is no reason to withhold it.
    await cache.put(request, response.clone()).catch(() => {})
  }
  return response
}

/** A page is as new as the network can give it: from a server that says nothing, it cannot. */
async function networkFirst(request) {
  const network = fetch(request)
  try {
    return await Promise.race([network, keptAfter(patience, request, network)])
  } catch (offline) {
    const kept = await keptOf(request)
    if (kept) return kept
    if (request.mode !== 'navigate') throw offline
    const page = await caches.match(address('404.html'))
    if (!page) throw offline
    return new Response(page.body, { status: 404, headers: page.headers })
  }
}

const keptOf = (request) =>
  caches.match(request.url.replace(/(?:index)?(?:\.html)?(?:[?#].*)?$/, ''))

/** Milliseconds; a slow connection is no silent one. */
const patience = 4000

/** The kept page; where there is none, the network has all the time that it wants. */
async function keptAfter(ms, request, network) {
  await new Promise((resolve) => setTimeout(resolve, ms))
  return (await keptOf(request)) ?? network
}
