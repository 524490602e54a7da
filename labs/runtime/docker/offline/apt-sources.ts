/** Where Debian's own sources say packages come from, so that a reader's near mirror is used. */
export const DEFAULT_MIRROR = 'http://deb.debian.org/debian'

/**
 * The first archive URI of a Debian machine's sources, in either format apt reads
 * (https://manpages.debian.org/bookworm/apt/sources.list.5). Security archives and third parties
 * are skipped: they don't carry the releases that the engine comes from.
 */
export function mirrorFrom(sources: readonly SourceFile[]): string {
  for (const { name, text } of sources) {
    const found = name.endsWith('.sources') ? fromStanzas(text) : fromLines(text)
    if (found) return found
  }
  return DEFAULT_MIRROR
}

export interface SourceFile {
  readonly name: string
  readonly text: string
}

function fromLines(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+\S+\s+(.*)$/.exec(line.replace(/#.*/, ''))
    if (match?.[1] && isArchive(match[1]) && hasMain(match[2] ?? '')) return trimmed(match[1])
  }
  return undefined
}

function fromStanzas(text: string): string | undefined {
  for (const stanza of text.split(/\n\s*\n/)) {
    const fields = fieldsOf(stanza)
    const enabled = !/^(no|false|off|0)$/i.test(fields.get('enabled') ?? 'yes')
    const binary = /\bdeb\b/.test((fields.get('types') ?? '').replace('deb-src', ''))
    const uri = (fields.get('uris') ?? '').split(/\s+/).find(isArchive)
    if (enabled && binary && uri && hasMain(fields.get('components') ?? '')) return trimmed(uri)
  }
  return undefined
}

function fieldsOf(stanza: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue
    const field = /^([A-Za-z-]+):\s*(.*)$/.exec(line)
    if (field?.[1]) {
      last = field[1].toLowerCase()
      fields.set(last, (field[2] ?? '').trim())
    } else if (last) fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`.trim())
  }
  return fields
}

/** `mirror+file:` and `cdrom:` need files of the system's apt; a plain archive ends in /debian. */
const isArchive = (uri: string): boolean => /^https?:\/\/\S+\/debian\/?$/.test(uri)
const hasMain = (components: string): boolean => components.split(/\s+/).includes('main')
const trimmed = (uri: string): string => uri.replace(/\/$/, '')
