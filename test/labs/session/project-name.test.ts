import { expect, test } from 'vitest'
import { projectName } from '../../../labs/session/project-name.ts'

test('two copies of the book give the same lab two names, and each always its own', () => {
  const [one, other] = ['/home/mei/four-tiers', '/home/lu/four-tiers']
  expect(projectName({ number: 1 }, one)).toBe(projectName({ number: 1 }, one))
  expect(projectName({ number: 1 }, one)).not.toBe(projectName({ number: 1 }, other))
  // What Compose allows: lower case, digits, dash and underscore, a letter or digit first.
  expect(projectName({ number: 1 }, '/家/四层 架构')).toMatch(/^four-tiers-01-[0-9a-f]{6}$/)
})
