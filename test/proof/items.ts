import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { type LabAnswer, readLabAnswers } from '../../labs/catalog/answers.ts'
import { type Lab, readCatalog } from '../../labs/catalog/catalog.ts'
import { labsFolder, projectFolder } from '../../labs/session/folders.ts'
import { pages } from '../site/pages.ts'
import { Sources } from './digests.ts'
import { drawn, type Item, type Plan, planFor } from './plan.ts'
import { type Proofs, readProofs } from './records.ts'

/** By day, of what the record knows: so many labs, so many answers of each, and so many files of tests. */
const sampledLabs = 3
const sampledAnswers = 4
const sampledFiles = 3
const sampledBrowserFiles = 2
const sampledPages = 2

const sources = new Sources(projectFolder)

/** `load-balancer/no-connect-timeout`. */
export const idOf = (lab: Lab, { name }: LabAnswer) => `${lab.slug}/${name}`

/** `load-balancer solution: dead-server`. */
export const idOfSolution = ({ slug }: Lab, task: string) => `${slug} solution: ${task}`
export const idOfStarter = ({ slug }: Lab) => `${slug} starter`

/** The answers, and what holds them: that the solution passes each task, and the starter none. */
export function itemsOfLab(lab: Lab): readonly Item[] {
  const folder = basename(lab.folder)
  const answers = readLabAnswers(lab.folder).map((answer) => ({
    id: idOf(lab, answer),
    digests: sources.ofAnswer(folder, answer.task, answer.files),
  }))
  const passed = lab.tasks.map(({ id }) => ({
    id: idOfSolution(lab, id),
    digests: sources.ofAnswer(folder, id, new Map()),
    isMachinerys: true,
  }))
  const starter = {
    id: idOfStarter(lab),
    digests: sources.ofStarter(folder),
    isMachinerys: true,
  }
  return [...answers, ...passed, starter]
}

/** Tests that start servers or a browser, from the root; but for those that are made of items of their own. */
export function itemsOfFiles(kind: 'engine' | 'browser'): readonly Item[] {
  const made = ['proof.engine.test.ts', 'pages.browser.test.ts']
  const test = join(projectFolder, 'test')
  return readdirSync(test, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith(`.${kind}.test.ts`) && !made.includes(name))
    .map((entry) =>
      relative(projectFolder, join(entry.parentPath, entry.name)).split(sep).join('/'),
    )
    .sort()
    .map((id) => ({
      id,
      digests: sources.ofTest(id),
      isMachinerys: kind === 'browser' || id.startsWith('test/labs/'),
    }))
}

/** `page /load-balancer`, by the page's address. */
export const idOfPage = (path: string) => `page ${path}`

export const itemsOfPages = (): readonly Item[] =>
  pages.map((path) => ({
    id: idOfPage(path),
    digests: sources.ofPage(path.slice(1)),
    isMachinerys: true,
  }))

/** By day each commit draws its own sample. */
export const seed = () =>
  execFileSync('git', ['rev-parse', 'HEAD'], { cwd: projectFolder, encoding: 'utf8' }).trim()

export const planForLab = (lab: Lab, proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfLab(lab), proofs, { seed: seed(), sample: sampledAnswers })

/** Labs in which anything has changed since the record, and a few of those that rest. */
export function labsForToday(proofs: Proofs = readProofs()): readonly Lab[] {
  const labs = allLabs()
  const rests = (lab: Lab) =>
    [...planForLab(lab, proofs).states.values()].every((state) => state === 'kept')
  const resting = labs.filter(rests).map(({ slug }) => slug)
  const passedOver = drawn(resting, seed()).slice(sampledLabs)
  return labs.filter(({ slug }) => !passedOver.includes(slug))
}

export const planForFiles = (proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfFiles('engine'), proofs, { seed: seed(), sample: sampledFiles })

export const planForBrowserFiles = (proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfFiles('browser'), proofs, { seed: seed(), sample: sampledBrowserFiles })

export const planForPages = (proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfPages(), proofs, { seed: seed(), sample: sampledPages })

export const allLabs = (): readonly Lab[] => readCatalog(labsFolder)
