import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { start } from '../../real/container.ts'
import { files } from '../../real/mounted.ts'

/** What nginx said of one configuration. */
export interface Verdict {
  /** nginx's words, without file and line; undefined: it starts. */
  readonly refusal: string | undefined
  /** Counted from 1; some refusals name none. */
  readonly line: number | undefined
}

/** Whether nginx only reads a configuration, or starts with it for a moment. */
type How = 'tested' | 'started'
const commands: Readonly<Record<How, string>> = {
  tested: 'nginx -t',
  started: 'timeout 5 nginx -g "daemon off;"',
}

/** A configuration is included, so that its lines are counted from its own first. */
const program = (how: How) => `#!/bin/sh
for file in /judge/*.conf; do
  echo "== $file"
  printf 'events { } http { access_log off; include %s; }' "$file" >/tmp/whole
  ${commands[how]} -e stderr -c /tmp/whole 2>&1 | grep -F '[emerg]' | head -n 1
done
`

/** Asks nginx about each of these, which stand inside `http { }`. */
export async function judged(
  engine: Engine,
  texts: readonly string[],
  how: How = 'tested',
): Promise<readonly Verdict[]> {
  const named = texts.map((text, index) => [`${String(index).padStart(5, '0')}.conf`, text])
  const mounted = await files({ ...Object.fromEntries(named), judge: program(how) })
  const image = `${engine.imagePrefix}nginx:1.26`
  const container = await start(
    engine.env,
    ...[...mounted.at('/judge'), '--entrypoint', 'sleep', image, 'infinity'],
  )
  try {
    const printed = await container.exec('/judge/judge')
    return printed
      .split(/^== .*$/m)
      .slice(1)
      .map(verdictOf)
  } finally {
    await container.remove()
    await mounted.remove()
  }
}

export function verdictOf(printed: string): Verdict {
  const found = /\[emerg\] \d+#\d+: (.*?)(?: in \S+\.conf:(\d+))?$/m.exec(printed)
  if (!found) return { refusal: undefined, line: undefined }
  return { refusal: found[1]!, line: found[2] === undefined ? undefined : Number(found[2]) }
}
