import { benchDiagramFrames } from './diagram-frames.ts'
import { benchPlayground } from './playground.ts'
import { benchSaveToVerdict } from './save-to-verdict.ts'
import { benchSite } from './site.ts'

// `npm run bench`: what the project promises about speed, measured against a peer in the same run.
process.stdout.write(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n\n`)
const print = (line: string) => void process.stdout.write(`${line}\n`)
await benchSite(print)
await benchDiagramFrames(print)
await benchPlayground(print)
await benchSaveToVerdict(print)
process.exit()
