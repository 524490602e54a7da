import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import { containerName, docker } from './docker-cli.ts'
import type { Place } from './place.ts'

/** nginx's own word for where its copies are; one whose file is gone is a miss. */
const ofNginx = `nginx -T 2>/dev/null | sed -n 's/^ *proxy_cache_path  *\\([^ ;]*\\).*/\\1/p' |
  while read -r folder; do find "$folder" -type f -delete; done`

/** A ban on everything, hit-for-miss objects among them: no lookup finds what was there before. */
const ofVarnish = "varnishadm -t 60 ban 'req.url ~ .'"

export async function emptyCaches(place: Place): Promise<void> {
  // The outer caches last: what they ask for meanwhile shall not be an old copy of the inner ones.
  for (const [kind, script] of [
    ['varnish', ofVarnish],
    ['nginx', ofNginx],
  ])
    for (const change of place.lab.changes) {
      if (change.by !== kind || !('service' in change)) continue
      const name = containerName(place, change.service)
      const { exitCode, stderr } = await docker(place, ['exec', name, 'sh', '-c', script!])
      if (exitCode === 0) continue
      throw new EnvironmentError(
        say(
          `The cache of ${change.service} could not be emptied: ${stderr.trim()}`,
          `${change.service} 的缓存没能清空：${stderr.trim()}`,
        ),
        `npm run lab ${place.lab.number} logs ${change.service}`,
      )
    }
}
