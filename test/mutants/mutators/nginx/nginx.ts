import type { Mutator } from '../../mutation.ts'
import { mutateStatements } from '../statements.ts'
import { readNginx } from './read.ts'
import { onlyForSome } from './requests.ts'

export const mutateNginx: Mutator = (text) => {
  const statements = readNginx(text)
  return [...mutateStatements(text, statements), ...onlyForSome(text, statements)]
}
