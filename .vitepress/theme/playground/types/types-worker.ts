/// <reference lib="webworker" />
import type { FromTypes, ToTypes } from './messages.ts'
import { createTypeCheck } from './type-check.ts'
import { typeTexts } from './type-texts.ts'

// Nothing of the reader's is run here: it is only read.
let check: Promise<ReturnType<typeof createTypeCheck>> | undefined

self.addEventListener('message', ({ data }: MessageEvent<ToTypes>) => void answer(data))

async function answer(asked: ToTypes): Promise<void> {
  if (asked.kind === 'begin')
    check = typeTexts(asked.language).then((texts) => createTypeCheck(asked.file, texts))
  else self.postMessage({ number: asked.number, problems: (await check!)(asked.text) } as FromTypes)
}
