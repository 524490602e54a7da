import type { ExecResult } from '../servers/kind/world.ts'

/** One server of a lab in our hands, whatever it is: a container, or a machine in some kernel. */
export interface Server {
  exec(command: readonly string[]): Promise<ExecResult>
  /** Asks it to end (SIGTERM). Its machine vanishes with it: packets go nowhere. */
  stop(): Promise<void>
  /** Ends it without asking (SIGKILL). */
  kill(): Promise<void>
  /** Starts it again, and waits until it is healthy. */
  start(): Promise<void>
  restart(): Promise<void>
  /** Its processes die as of a bug or a full memory: Docker has not ordered it. */
  crash(): Promise<void>
  /** Its processes stop in their tracks; Docker believes them alive, and asks after their health. */
  hang(): Promise<void>
  wake(): Promise<void>
  /** Freezes the machine, health checks and all: connections are accepted by the kernel, nobody answers. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Pulls the network cable; `mend` plugs it in again. */
  cut(): Promise<void>
  /** Pulls those of its cables by which servers talk among themselves: whoever asks it still can. */
  split(): Promise<void>
  /** Plugs in whatever is pulled. */
  mend(): Promise<void>
  /** The application closes its port and lives on: connections are refused. `admit` reopens it. */
  refuse(): Promise<void>
  admit(): Promise<void>
  /** Sends the stop signal, and does not wait for the end. */
  askToEnd(): Promise<void>
  /** The exit code; nothing when the server still runs after `ms` milliseconds. */
  waitForEnd(ms: number): Promise<number | undefined>
  /** Its last lines. */
  logs(lines: number): Promise<string>
  /** What it has written to its standard output since an RFC 3339 time. */
  output(since: string): Promise<string>
  /** The CPUs that it was given; all of the machine's where nobody has said. */
  cpus(): Promise<number>
  /** Seconds until its health check calls a hang one, at most; nothing where it has no health check. */
  secondsToUnhealthy(): Promise<number | undefined>
  /** How often Docker starts it again when it crashes; Infinity where nobody has set a limit. */
  restarts(): Promise<number>
  /** Seconds from the stop signal until Docker kills it. */
  secondsToStop(): Promise<number>
  /** Gives it so many CPUs; resolves to the options of `docker update` that do it. */
  limitCpus(cpus: number): Promise<readonly string[]>
}

/** The handle of each server, by its name in the lab. */
export type Servers = (name: string) => Server
