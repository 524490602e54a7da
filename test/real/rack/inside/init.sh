#!/bin/sh
# PID 1 of the guest kernel. Its root is the container's own root, read-only (hostfs): programs and
# their libraries are there already, and whatever a machine writes goes to a tmpfs and ends with it.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sys /sys
for folder in /run /tmp /lab /var/lib/nginx /var/log; do mount -t tmpfs tmpfs $folder; done
mkdir -p /run/netns /run/modules/lib /run/log
mkdir /run/wishes && mount -t hostfs none /run/wishes -o hostfs=/tmp/wishes
touch /run/hosts && mount --bind /run/hosts /etc/hosts

# The pages that io_uring shares with a program upset this kernel: Node does without.
echo 2 >/proc/sys/kernel/io_uring_disabled

# Modules are not where the kernel looks for them, so it is told where: it loads the rest by itself.
ln -s /usr/lib/uml/modules /run/modules/lib/modules
printf '#!/bin/sh\nexec modprobe -d /run/modules "$@"\n' >/run/modprobe
chmod 755 /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe
/run/modprobe -a veth bridge ip_vs

ip link set lo up
ip netns add client
ip -n client link set lo up
stty -F /dev/ttyS0 raw -echo
ip netns exec client node --disable-warning=ExperimentalWarning /project/test/real/rack/inside/guest.mts
echo "the guest has ended with $?"
echo o >/proc/sysrq-trigger
sleep 9
