import { run, type CommandOptions } from './command.ts'

/** Set on each image, so that an edited stand-in is seen to differ from the one in the engine. */
export const KEY_LABEL = 'four-tiers.key'

/** The key that an image was built with; empty where there is no such image. */
export async function labelOf(image: string, docker: CommandOptions): Promise<string> {
  const format = `{{index .Config.Labels "${KEY_LABEL}"}}`
  return run('docker', ['image', 'inspect', '--format', format, image], docker).catch(() => {
    docker.signal?.throwIfAborted()
    return ''
  })
}
