/** Where servers run, as far as a kind of server must know it. */
export interface World {
  /** The folder that the servers read: the files on trial, and the last good ones afterwards. */
  readonly live: string
  exec(server: string, command: readonly string[]): Promise<ExecResult>
  /** Every server that there is, dead ones, too. */
  servers(): Promise<readonly string[]>
  /** Ends it and starts it again; it is well when this returns. */
  restart(server: string): Promise<void>
  /** Switches it off and on, on the live files: what it said when it could not come up, else nothing. */
  boot(server: string): Promise<string>
  /** The last lines that it has printed. */
  lastWords(server: string, lines: number): Promise<string>
  /** Builds the reader's image. */
  buildImage(): Promise<ExecResult>
  /** What Compose makes of the lab's files and the reader's: JSON. */
  composeConfig(): Promise<ExecResult>
  /** Not the reader's answer is at fault, but this server: thrown, it ends the work. */
  fault(server: string, found: string): Error
}

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}
