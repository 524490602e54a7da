import { isStuck, type World } from '../../../../snippets/cache/key-life.ts'
import type { KeyTexts } from './key-messages.ts'
import { isDeceived } from './key-picture.ts'
import type { Played } from './key-session.ts'

/** What a move was, in sentences, and what is wrong since. */
export function wordsOf(played: Played, before: World, texts: KeyTexts): string {
  const { actor, outcome, world, move } = played
  const sentences: string[] = []
  if (move.kind === 'expires') sentences.push(texts.expires)
  else if (actor) {
    const who = texts.who(actor.name, texts.lanes[actor.server])
    if (move.kind === 'dies') sentences.push(texts.dies(who))
    else if (outcome) sentences.push(who + texts.colon + texts.outcomes[outcome](actor.holds ?? 0))
    if (move.kind === 'step' && isDeceived(actor)) sentences.push(texts.deceived(actor.knows))
  }
  if (isStuck(world) && !isStuck(before)) sentences.push(texts.stuck(world.redis!, world.database))
  return texts.join(sentences)
}

/** `v2`, or the word for nothing. */
export const versionOf = (version: number | undefined, { nothing }: KeyTexts): string =>
  version === undefined ? nothing : `v${version}`
