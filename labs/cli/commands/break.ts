import type { Lab } from '../../catalog/catalog.ts'
import { type Disturbance, disturbances } from '../../runtime/disturbances.ts'
import { say } from '../../language.ts'
import { UsageError } from '../arguments.ts'
import { attachOrExplain, takingTurns } from '../attach.ts'
import { brokenIn } from '../broken.ts'
import { type Context, exitCode } from '../context.ts'
import { findServer } from '../find-lab.ts'

export async function breakServer(context: Context, lab: Lab, name: string, how: Disturbance) {
  const { out, options } = context
  const { place, runtime } = attachOrExplain(lab)
  const known = (await runtime.status()).map(({ service }) => service)
  // The client sends the requests of the checks: it is none of the site's servers.
  const breakable = known.filter((service) => service !== 'client').sort()
  const server = findServer(lab, breakable, name)
  if (how === 'refuse' && !lab.scale.includes(server)) throw cannotRefuse(lab, server)
  await takingTurns(context, place, () => brokenIn(place, runtime).break(server, how))
  if (options.json) out.json({ lab: lab.slug, server, broken: how })
  else {
    out.line(`${server}: ${meaning(how)}`)
    out.line(
      say(
        `Put it back with: npm run lab ${lab.number} mend ${server}`,
        `恢复它：npm run lab ${lab.number} mend ${server}`,
      ),
    )
  }
  return exitCode.pass
}

export async function mendServer(context: Context, lab: Lab, name?: string) {
  const { out, options } = context
  const { place, runtime } = attachOrExplain(lab)
  const broken = brokenIn(place, runtime)
  const servers = name
    ? [
        findServer(
          lab,
          (await runtime.status()).map(({ service }) => service),
          name,
        ),
      ]
    : Object.keys(broken.list())
  await takingTurns(context, place, async () => {
    for (const server of servers) await broken.mend(server)
  })
  if (options.json) out.json({ lab: lab.slug, mended: servers })
  else
    out.line(
      servers.length > 0
        ? say(`Back: ${servers.join(', ')}`, `已恢复：${servers.join('、')}`)
        : say('Nothing was broken.', '没有弄坏的服务器。'),
    )
  return exitCode.pass
}

/** Only the forum opens and closes its port at will; to other programs the same signal is death. */
function cannotRefuse(lab: Lab, server: string): UsageError {
  const ways = disturbances.filter((how) => how !== 'refuse').join(', ')
  const [only, onlyZh] =
    lab.scale.length > 0
      ? [`; only ${lab.scale.join(', ')} can`, `，只有 ${lab.scale.join('、')} 可以`]
      : ['', '']
  return new UsageError(
    say(
      `${server} cannot close its port${only}. The other ways are: ${ways}`,
      `${server} 不能关闭端口${onlyZh}。其他方式有：${ways}`,
    ),
    `npm run lab ${lab.number} break ${server} stop`,
  )
}

const meaning = (how: Disturbance) =>
  ({
    kill: say(
      'killed, and its machine with it: packets to it go nowhere',
      '已被强制结束，整台消失：发给它的包有去无回',
    ),
    crash: say(
      'its process has died; Docker sees it, and does what compose.yaml says',
      '进程已崩溃；Docker 会发现，并按 compose.yaml 里写的处理',
    ),
    hang: say(
      'hangs: its port is open, nobody answers; the health check will notice',
      '已卡死：端口还开着，但没有响应；健康检查会发现',
    ),
    stop: say('ended in good order, and its machine with it', '已正常结束，整台消失'),
    pause: say(
      'frozen: connections are accepted, nobody answers',
      '已冻结：能建立连接，但没有响应',
    ),
    cut: say('its network cable is pulled', '网线已拔掉'),
    split: say(
      'cut off from its like: who asks it is answered, and nobody else hears of it',
      '与同伴断开了：来问它的照样有回答，别的服务器却听不到它',
    ),
    refuse: say('its port is closed: connections are refused', '端口已关闭：连接会被拒绝'),
  })[how]
