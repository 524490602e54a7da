import { benchSaveToVerdict } from './save-to-verdict.ts'

// `npm run bench`: what the project promises about speed, measured against a peer in the same run.
process.stdout.write(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n\n`)
await benchSaveToVerdict((line) => void process.stdout.write(`${line}\n`))
process.exit()
