import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Lab, readLab } from '../../../labs/catalog/catalog.ts'
import { copyOfProject, readersEnvironment, removeCopy, tinyLab } from './copy-of-project.ts'
import { RunningCommand, type Outcome } from './running-command.ts'

/** Somebody with a copy of the book, who types commands and edits the files of its only lab. */
export class Reader {
  /** The copy. */
  readonly folder: string
  readonly lab: Lab
  readonly env: NodeJS.ProcessEnv = readersEnvironment()
  readonly #running = new Set<RunningCommand>()

  /** `lab`: the name of its folder. */
  constructor(lab = tinyLab) {
    this.folder = copyOfProject(lab)
    this.lab = readLab(join(this.folder, 'labs', lab))
  }

  /** `npm run lab …` without npm: what it runs. */
  start(words: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
    return this.spawn(process.execPath, ['labs/cli/start.mjs', ...words], env)
  }

  /** In a terminal of its own (util-linux), which tells its settings when the command has ended. */
  startInTerminal(words: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
    const command = `'${process.execPath}' labs/cli/start.mjs ${words.join(' ')}`
    // The shell must outlive the Ctrl-C that ends the command.
    const line = `trap : INT; stty rows 40 cols 100; ${command}; code=$?; stty -a; exit $code`
    return this.spawn('script', ['-qfec', line, '/dev/null'], { TERM: 'xterm-256color', ...env })
  }

  /** To its end. */
  run(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.start(words, env).ended
  }

  spawn(file: string, words: readonly string[], env: NodeJS.ProcessEnv): RunningCommand {
    const command = new RunningCommand(
      spawn(file, words, {
        cwd: this.folder,
        env: { ...this.env, ...env },
        stdio: 'pipe',
        // A process group of its own, as a shell gives to each command.
        detached: true,
      }),
    )
    this.#running.add(command)
    void command.ended.then(() => this.#running.delete(command))
    return command
  }

  path = (file: string) => join(this.lab.folder, file)
  read = (file: string) => readFileSync(this.path(file), 'utf8')

  /** As editors that write in place do. */
  save(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true })
    writeFileSync(this.path(file), text)
  }

  /** As editors do that write beside and rename. */
  saveByRename(file: string, text: string): void {
    this.save(`${file}.swp`, text)
    renameSync(this.path(`${file}.swp`), this.path(file))
  }

  /** Our answer, file by file: each is saved where the reader's stands. */
  takeSolution(...files: readonly string[]): void {
    for (const file of files) this.save(`work/${file}`, this.read(`solution/${file}`))
  }

  /** Ends what still runs, and takes the copy and the lab's data away. */
  async leave(): Promise<void> {
    for (const command of this.#running) command.signal('SIGTERM')
    await Promise.all([...this.#running].map(({ ended }) => ended))
    await this.run([String(this.lab.number), 'down', '--data'])
    removeCopy(this.folder)
  }
}
