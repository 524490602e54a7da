import { say } from '../language.ts'

const english = `npm run lab                      the labs, and how far you are
npm run lab 1                    start lab 1 and watch: every save is checked at once
npm run lab 1 -- --check [task]  check once, then stop
npm run lab 1 hint [task]        the next hint for a task
npm run lab 1 solution [task]    how our answer differs from yours
npm run lab 1 solution -- --apply  put our answer in place (yours is kept, dated)
npm run lab 1 reset              start afresh (yours is kept, dated)
npm run lab 1 open               open the site in your browser
npm run lab 1 load               requests per second with more servers, or more readers
npm run lab 1 break web1 [how]   kill (default), stop, crash, hang, pause, cut, refuse
npm run lab 1 mend [web1]        put it back
npm run lab 1 logs [web1]        what the servers say
npm run lab 1 exec web1 -- ps ax  run a program in a server
npm run lab 1 down [-- --data]   end the lab (and throw its database away)
npm run lab doctor               what this machine has, and what to do about what it lacks

Options, after a lone --
  --check      check once                     --port 8090   publish the site there
  --json       for programs                   --lang zh     English (en) or Chinese (zh)
  --poll       where file events don't come   --yes         don't ask
  --help       this page                      --version

Exit codes: 0 all pass, 1 a task fails, 2 usage, 3 environment. NO_COLOR is honoured.
`

const chinese = `npm run lab                      有哪些实验，你做到了哪里
npm run lab 1                    启动实验 1 并监视：每次保存都会立刻检查
npm run lab 1 -- --check [任务]  检查一次就结束
npm run lab 1 hint [任务]        某个任务的下一条提示
npm run lab 1 solution [任务]    我们的答案和你的有什么不同
npm run lab 1 solution -- --apply  换上我们的答案（你的会按日期保留）
npm run lab 1 reset              重新开始（你的会按日期保留）
npm run lab 1 open               在浏览器里打开网站
npm run lab 1 load               服务器更多、或读者更多时每秒的请求数
npm run lab 1 break web1 [方式]  kill（默认）、stop、crash、hang、pause、cut、refuse
npm run lab 1 mend [web1]        恢复
npm run lab 1 logs [web1]        服务器的日志
npm run lab 1 exec web1 -- ps ax  在某台服务器里运行一个程序
npm run lab 1 down [-- --data]   结束实验（加 --data 会删除它的数据库）
npm run lab doctor               这台机器有什么、缺什么、怎么办

选项写在单独的 -- 之后
  --check      检查一次              --port 8090   把网站发布在这个端口
  --json       供程序读取            --lang zh     英文（en）或中文（zh）
  --poll       收不到文件事件时用    --yes         不再询问
  --help       本页                  --version

退出码：0 全部通过，1 有任务未通过，2 用法错误，3 环境问题。遵守 NO_COLOR。
`

/** A pure string: whoever asked prints it. */
export const help = (): string => say(english, chinese)
