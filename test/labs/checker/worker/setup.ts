import { afterEach, inject } from 'vitest'

// As the kit's own setup does it: what a sentence did, and where.
afterEach(({ task }) => {
  task.meta.trace = [`curl http://${inject('place').lab.slug}/`]
})
