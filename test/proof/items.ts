import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { type LabAnswer, readLabAnswers } from '../../labs/catalog/answers.ts'
import { type Lab, readCatalog } from '../../labs/catalog/catalog.ts'
import { labsFolder, projectFolder } from '../../labs/session/folders.ts'
import { pages } from '../site/pages.ts'
import { Sources } from './digests.ts'
import { type Item, type Plan, planFor } from './plan.ts'
import { type Proofs, readProofs } from './records.ts'

/** By day, of what the record knows: so many answers a lab, and so many files of tests. */
const sampledAnswers = 4
const sampledFiles = 3
const sampledBrowserFiles = 2
const sampledPages = 2

const sources = new Sources(projectFolder)

/** `load-balancer/no-connect-timeout`. */
export const idOf = (lab: Lab, { name }: LabAnswer) => `${lab.slug}/${name}`

export function itemsOfLab(lab: Lab): readonly Item[] {
  return readLabAnswers(lab.folder).map((answer) => ({
    id: idOf(lab, answer),
    digests: sources.ofAnswer(basename(lab.folder), answer.task, answer.files),
  }))
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

export const planForFiles = (proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfFiles('engine'), proofs, { seed: seed(), sample: sampledFiles })

export const planForBrowserFiles = (proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfFiles('browser'), proofs, { seed: seed(), sample: sampledBrowserFiles })

export const planForPages = (proofs: Proofs = readProofs()): Plan =>
  planFor(itemsOfPages(), proofs, { seed: seed(), sample: sampledPages })

export const allLabs = (): readonly Lab[] => readCatalog(labsFolder)
