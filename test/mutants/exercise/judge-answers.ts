import { judgeOfExercise } from './judge.ts'

/**
 * `judge-answers.ts SLUG CROWD TEXT…` prints what becomes of each answer, in a process that ends with
 * its threads. CROWD: how many programs want each processor.
 */
const [slug = '', crowd = '', ...texts] = process.argv.slice(2)
const judge = await judgeOfExercise(slug, {
  patience: 5_000,
  machine: { look: () => Number(crowd), pause: () => Promise.resolve() },
})
const outcomes = []
for (const text of texts)
  outcomes.push(
    await judge
      .judge({ file: 'solution.ts', text })
      .catch(({ message }: Error) => ({ outcome: 'error', sentence: message })),
  )
await judge.close()
process.stdout.write(JSON.stringify(outcomes), () => process.exit())
