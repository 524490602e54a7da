import type { Messages } from '../../messages.ts'

/** Sentences that follow each other: Chinese has no space between them. */
export const joined: Messages<(sentences: readonly string[]) => string> = {
  en: (sentences) => sentences.join(' '),
  zh: (sentences) => sentences.join(''),
}
