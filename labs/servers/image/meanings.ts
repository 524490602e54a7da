import { meaningIn, type Meanings } from '../kind/meanings.ts'

/** BuildKit's own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [
    /unknown instruction/,
    {
      en: 'A misspelt instruction, or the line above should have ended with a backslash.',
      zh: '指令名拼错了，或者上一行末尾少了一个反斜杠。',
    },
  ],
  [
    /no build stage in current context|no build stages?/,
    { en: 'Every image begins with FROM.', zh: '每个镜像都从 FROM 开始。' },
  ],
  [
    /": not found|no such file or directory/,
    {
      en: 'COPY finds only what lies beside the Dockerfile; a path begins there, not at the root of your disk.',
      zh: 'COPY 只能找到 Dockerfile 旁边的文件；路径从那里算起，而不是从你磁盘的根目录算起。',
    },
  ],
  [
    /failed to resolve source metadata|pull access denied|no such image/,
    {
      en: 'The lab has the image node:22-slim; another would have to be fetched.',
      zh: '实验里只有 node:22-slim 镜像；别的镜像需要从网上下载。',
    },
  ],
  [
    /exit code: (243|EACCES)|EACCES/,
    {
      en: 'The user of this line may not write there: install as root, and change to USER node after it.',
      zh: '执行这一行的用户没有写权限：先用 root 安装，再切换到 USER node。',
    },
  ],
  [
    /did not complete successfully/,
    {
      en: 'The command of this line failed; its own words stand above. A build in this lab has no network.',
      zh: '这一行的命令失败了，上面是它自己的输出。本实验的构建没有网络。',
    },
  ],
]

export const buildMeaning = (message: string) => meaningIn(meanings, message)
