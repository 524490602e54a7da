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

/** What is written every day, and a file that was not there before. */
const written = ['app/server.js', 'app/recovery-key.js', 'app/tea-of-the-day.js']

test(
  say(
    'a changed line of the program makes a small layer, and installs nothing again',
    '程序改了一行，只多一个小小的层，不会重新安装任何包',
  ),
  async () => {
    // All of them at once: whichever makes an early layer anew, does so in company, too.
    const { newBytes, ranAgain } = await lab.rebuildWith(...written)
    const files = written.join(', ')
    const installs = ranAgain.filter((run) => /\bnpm\b/.test(run))
    expect(
      installs,
      say(`run again for a line in ${files}`, `为 ${files} 里的一行又执行了`),
    ).toEqual([])
    expect(
      newBytes < 1_500_000,
      say(
        `a line in ${files} has made ${megabytes(newBytes)} MB of new layers`,
        `${files} 里的一行带来了 ${megabytes(newBytes)} MB 的新层`,
      ),
    ).toBe(true)
  },
)

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
