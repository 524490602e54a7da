import { say } from '../../language.ts'
import type { Problem } from '../kind/problem.ts'
import { lineOf } from './problems.ts'

/** What a service may share with the machine itself, in Compose's own reading of its files. */
const shared = ['network_mode', 'pid', 'ipc'] as const

export interface HostSharing {
  readonly services: Readonly<
    Record<
      string,
      Partial<Record<(typeof shared)[number], string>> & { readonly privileged?: boolean }
    >
  >
}

/** A server of a lab stays in the lab: not on the reader's own network, not among its processes. */
export function sharedWithHost({ services }: HostSharing, text: string): Problem[] {
  return Object.entries(services).flatMap(([service, settings]) => {
    const words = [
      ...shared.filter((name) => settings[name] === 'host').map((name) => `${name}: host`),
      ...(settings.privileged ? ['privileged: true'] : []),
    ]
    return words.map((word) => ({
      file: 'compose.yaml',
      line: lineOf(text, ['services', service, word.split(':')[0] ?? '']),
      message: say(
        `${service} has "${word}": it would leave the lab for this machine itself.`,
        `${service} 写了 "${word}"：它会离开实验，进入这台机器本身。`,
      ),
      meaning: say(
        'Leave that line out: what the lab asks for works without it.',
        '去掉这一行：实验的要求不需要它。',
      ),
    }))
  })
}
