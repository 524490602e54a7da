/** How to get the labs, said once for every place that shows it. */
export const messages = {
  en: {
    firstTime: 'First time?',
    get: 'Get the labs',
    needs: (node: string) =>
      `You need Git, Node ${node} or later, and Docker with Compose v2. No Docker? As root on Debian 12, or Ubuntu 22.04 and later (there with the package debian-archive-keyring), the project brings an engine of its own, and keeps it in its own folder: 1.5 GB.`,
    comes:
      'The first time, the last of these lines installs the packages and fetches the servers, and says how far it is. Your part takes five minutes; the rest is your network’s.',
    doctor: (command: string) =>
      `${command} says what this machine has, and what to do about what it lacks.`,
  },
  zh: {
    firstTime: '第一次做？',
    get: '取得实验',
    needs: (node: string) =>
      `需要 Git、Node ${node} 以上，以及带 Compose v2 的 Docker。没有 Docker？在 Debian 12、Ubuntu 22.04 或更新的版本上用 root 运行（Ubuntu 要先装 debian-archive-keyring），项目会自带一个引擎，放在自己的目录里，占 1.5 GB。`,
    comes:
      '第一次运行时，最后一行会安装依赖、下载各个服务器，并随时告诉你进行到哪里。要你动手的只有五分钟，其余看网速。',
    doctor: (command: string) => `${command} 会告诉你这台机器有什么、缺什么、怎么办。`,
  },
}
