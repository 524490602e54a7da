/** How to get the labs, said once for every place that shows it. */
export const messages = {
  en: {
    firstTime: 'First time?',
    get: 'Get the labs',
    needs: (node: string) =>
      `You need Git, Node ${node} or later, and Docker with Compose v2. No Docker? On Debian or Ubuntu, as root, you need nothing more: the project brings an engine of its own, and keeps it in its own folder.`,
    comes:
      'The first time, the last of these lines installs the packages and fetches the servers, and says how far it is. Your part takes five minutes; the rest is your network’s.',
    doctor: (command: string) =>
      `${command} says what this machine has, and what to do about what it lacks.`,
  },
  zh: {
    firstTime: '第一次做？',
    get: '取得实验',
    needs: (node: string) =>
      `需要 Git、Node ${node} 以上，以及带 Compose v2 的 Docker。没有 Docker？在 Debian 或 Ubuntu 上用 root 运行，就什么都不用装：项目自带一个引擎，放在自己的目录里。`,
    comes:
      '第一次运行时，最后一行会安装依赖、下载各个服务器，并随时告诉你进行到哪里。要你动手的只有五分钟，其余看网速。',
    doctor: (command: string) => `${command} 会告诉你这台机器有什么、缺什么、怎么办。`,
  },
}
