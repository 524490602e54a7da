import type { Lab } from '../../../labs/catalog/catalog.ts'

/** The tasks, those first whose files the change is in: the sooner it is caught, the sooner it is done. */
export function likelyFirst(tasks: Lab['tasks'], file: string): readonly string[] {
  const isOf = ({ files }: Lab['tasks'][number]) => files.includes(file)
  const rest = tasks.filter((task) => !isOf(task))
  return [...tasks.filter(isOf), ...rest].map(({ id }) => id)
}
