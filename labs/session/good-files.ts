import type { Lab } from '../catalog/catalog.ts'
import { say } from '../language.ts'
import { readFolder, sameFiles } from '../runtime/apply/files.ts'
import { NotStarted } from '../runtime/docker/start.ts'
import type { Report, Runtime } from '../runtime/runtime.ts'
import type { LabFolders } from './folders.ts'
import { readersFiles } from './reader-files.ts'
import { ensureWork, forgetGoodFiles } from './work-folder.ts'

interface Starting {
  readonly lab: Lab
  readonly folders: LabFolders
  readonly runtime: Pick<Runtime, 'down'>
  readonly report: Report
}

/**
 * Starts with the last good files. They may not start any more, as when an update wants a file that
 * they have not: then with the starter's. What the reader has made of them is applied as ever.
 */
export async function startWithGoodFiles(
  { lab, folders, runtime, report }: Starting,
  start: () => Promise<void>,
): Promise<void> {
  try {
    return await start()
  } catch (error) {
    const starter = readersFiles(lab, 'starter')
    if (!(error instanceof NotStarted) || sameFiles(readFolder(folders.live), starter)) throw error
    report(
      say(
        'the last good files do not start any more: the starter’s do instead',
        '上一份正确的文件无法启动了：改用初始文件',
      ),
    )
    // Before the servers go: Compose reads these files to end them.
    forgetGoodFiles(folders)
    ensureWork(lab, folders)
    await runtime.down()
    await start()
  }
}
