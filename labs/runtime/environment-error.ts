/**
 * The environment is at fault, not the reader's answer: no engine, a port in use, an image that
 * cannot be had. The command shows it as `error`, never as `fail`, and exits with 3.
 */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
  /** What to type next: one command, or one sentence. */
  readonly next: string

  constructor(found: string, next: string) {
    super(found)
    this.next = next
  }
}
