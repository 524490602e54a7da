import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(say('the forum does not run as root', '论坛不以 root 身份运行'), async () => {
  await lab.untilAnswered('/whoami')
  const users = await usersOfNode()
  const found = users.join(', ')
  expect(
    users.includes('root'),
    say(`the Node process belongs to ${found}`, `Node 进程属于 ${found}`),
  ).toBe(false)
})

const list = `for p in /proc/[0-9]*; do
  case "$(readlink $p/exe || cat $p/comm)" in *node) stat -c %U $p ;; esac
done 2>/dev/null`

async function usersOfNode(): Promise<string[]> {
  const { stdout } = await lab.exec('web', ['sh', '-c', list])
  const users = stdout.split('\n').filter(Boolean)
  expect(users.length, say('processes of Node in web', 'web 里的 Node 进程数')).toBeGreaterThan(0)
  return [...new Set(users)]
}

test(
  say(
    'a changed line in server.js makes a small layer, and installs nothing again',
    '改了 server.js 一行，只多一个小小的层，不会重新安装任何包',
  ),
  async () => {
    const { newBytes, ranAgain } = await lab.rebuildWith('app/server.js')
    const installs = ranAgain.filter((run) => /\bnpm\b/.test(run))
    expect(installs, say('run again for that one line', '为这一行又执行了')).toEqual([])
    expect(
      newBytes < 1_500_000,
      say(
        `that one line has made ${megabytes(newBytes)} MB of new layers`,
        `这一行带来了 ${megabytes(newBytes)} MB 的新层`,
      ),
    ).toBe(true)
  },
)

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
