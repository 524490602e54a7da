#!/bin/sh
# init.sh PROGRAM: PID 1 of a kernel that a container brings. Its root is the container's, read-only
# (hostfs): programs and their libraries are there already. MACHINE, ETH0 and ETH1 come with the kernel's
# command line.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sys /sys
for folder in /run /tmp /var/log; do mount -t tmpfs tmpfs $folder; done
mkdir /run/outside && mount -t hostfs none /run/outside -o hostfs=/tmp/kernel
mount -t hostfs none /lab -o hostfs=/lab

# Modules are not where the kernel looks for them, so it is told where: it loads the rest by itself.
mkdir -p /run/modules/lib
ln -s /usr/lib/uml/modules /run/modules/lib/modules
printf '#!/bin/sh\nexec modprobe -d /run/modules "$@"\n' >/run/modprobe
chmod 755 /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe
/run/modprobe ip_vs

. /runtime/machines/cards.sh
ip link set lo up
for number in 0 1; do
  address=$(printenv "ETH$number") || continue
  # The driver's MTU is a larger one; the MAC came with the card.
  ip link set vec$number name eth$number mtu 1500
  ip link set eth$number up
  know_machines_alone eth$number
  ip addr add "$address" dev eth$number
done

# Into a file: who writes to a console that is slow to be read stands still, be it amid an election.
sh "$1" >/run/outside/log 2>&1 &
program=$!
echo $program >/run/program.pid

# Each line is the name of a folder with a command: ask.sh. The shell between lets nobody wait.
stty -F /dev/ttyS0 raw -echo
while read -r wish; do
  (
    cd "/run/outside/$wish" || exit
    (sh ./command >out 2>err </dev/null; echo $? >code.new; mv code.new code) &
  )
done </dev/ttyS0 &

until [ -s "/run/$MACHINE/pid" ]; do sleep 0.05; done
touch /run/outside/ready

wait $program
echo o >/proc/sysrq-trigger
sleep 9
