import { say } from '../language.ts'
import { UsageError } from './arguments.ts'
import { optionNames, optionTable } from './option-table.ts'

const ours = optionNames.filter((name) => optionTable[name].npmKeeps)

/** `npm run lab 1 --check`: npm keeps the option for itself and tells only in the environment. */
export function refuseSwallowedOptions(env: NodeJS.ProcessEnv): void {
  const taken = ours.find(
    (name) => env[`npm_config_${name}`] !== undefined && env.npm_lifecycle_event === 'lab',
  )
  if (!taken) return
  throw new UsageError(
    say(
      `npm kept --${taken} for itself: options come after a lone --.`,
      `npm 把 --${taken} 当成了自己的选项：选项要写在单独的 -- 之后。`,
    ),
    `npm run lab 1 -- --${taken}`,
  )
}
