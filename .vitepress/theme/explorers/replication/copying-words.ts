import { lagOf } from '../../../../snippets/replication/replication.ts'
import type { CopyingTexts } from './copying-messages.ts'
import { kilobyte, type Played, type World } from './copying-session.ts'

/** `24 kB` in both languages. */
export const size = (bytes: number): string => `${bytes / kilobyte} kB`

/** A move in sentences: what it was, and what the two agreed on. */
export function wordsOf({ move, answer }: Played, texts: CopyingTexts): string {
  const told =
    move.kind === 'writes' ? texts.writes(size(move.kilobytes * kilobyte)) : texts[move.kind]
  if (!answer) return told
  const agreed =
    answer.kind === 'partial' ? texts.partial(size(answer.bytes)) : texts.full[answer.why]
  return texts.join([told, agreed])
}

/** Whether the copy's offset means the same as the master's. */
export const isOneStream = ({ master, copy }: World): boolean => master.id === copy.id

/** All that the picture shows. */
export function pictureWords(world: World, texts: CopyingTexts): string {
  const { master, copy, isAway } = world
  return texts.pictureWords({
    master: `${master.id} ${size(master.offset)}`,
    backlog: size(master.offset - master.backlogFrom),
    copy: `${copy.id} ${size(copy.offset)}`,
    lag: isOneStream(world) ? size(lagOf(master, copy)) : texts.none,
    isAway,
  })
}
