import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readLabAnswers } from '../../labs/catalog/answers.ts'
import { allLabs } from './items.ts'
import { projectFolder } from '../../labs/session/folders.ts'

const help = `npm run prove lab 3              prove lab 3 on real servers, and write it down
npm run prove lab 3 no-grace     only this answer of its answers.yaml
npm run prove test/claims/x.engine.test.ts …   these files
npm run prove                    whatever has changed since the record, and a sample of the rest

What passes is written to test/proof/results.json: commit it with your change.
Exit codes: 0 all proved, 1 something is not, 2 usage.
`

/** vitest's arguments for what is to be proved; or what is wrong with the words. */
function argumentsFor(words: readonly string[]): readonly string[] | string {
  const [what, which, name] = words
  if (what === undefined) return ['--mode', 'day', '--project', 'lab*']
  if (what !== 'lab') {
    const missing = words.find((file) => !existsSync(join(projectFolder, file)))
    return missing ? `There is no file ${missing}. Next: npm run prove -- --help` : words
  }
  const labs = allLabs()
  const lab = labs.find(({ number, slug }) => [String(number), slug].includes(which ?? ''))
  if (!lab) {
    const known = labs.map(({ number }) => number).join(', ')
    return `There is no lab ${which ?? ''}. There are: ${known}. Next: npm run prove lab ${labs[0]!.number}`
  }
  const project = ['--project', `lab-${lab.number}`]
  if (name === undefined) return project
  const names = readLabAnswers(lab.folder).map((answer) => answer.name)
  if (names.includes(name)) return [...project, '-t', ` ${name} (?:fails|passes)`]
  return `Lab ${lab.number} has no answer ${name}. There are: ${names.join(', ')}`
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return (process.stdout.write(help), 0)
  const args = argumentsFor(positionals)
  if (typeof args === 'string') return (process.stderr.write(`${args}\n`), 2)
  // A line for each answer as soon as it is judged: a lab takes its quarter of an hour.
  const reporters = ['--reporter=verbose', '--reporter=./test/proof/report.ts']
  const { status } = spawnSync('npx', ['vitest', 'run', ...args, ...reporters], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, PROOF_RECORD: '1' },
  })
  return status ?? 1
}

process.exitCode = main()
