#!/bin/sh
# boot.sh PROGRAM: a container's program where the engine's kernel has no IPVS, and PROGRAM wants it. A
# Linux kernel that has it runs as an ordinary process (User-Mode Linux), takes the container's cards for
# its own, and runs PROGRAM, a shell script. NET_RAW, for raw sockets, is all that it needs.
# https://www.kernel.org/doc/html/latest/virt/uml/user_mode_linux_howto_v2.html
command -v linux.uml >/dev/null || {
  echo "$MACHINE: a kernel as a program is for amd64 alone, and this is $(uname -m)"
  exit 1
}
. /runtime/machines/cards.sh

# Shared with the kernel: what is said there, and commands and their answers (ask.sh, init.sh).
shared=/tmp/kernel
mkdir -p "$shared"
touch "$shared/log"

# Both ends of the line are open: who writes need not wait, and who reads sees no end.
mkfifo /tmp/line
exec 3<>/tmp/line

# A raw socket hears what it has sent itself, too, which on a wire nobody does. The kernel gets what is
# not of type 4, PACKET_OUTGOING (packet(7), bpf(4)): load the type, compare it, drop the packet or take it.
printf '\040\000\000\000\004\360\377\377\025\000\000\001\004\000\000\000' >/tmp/incoming.bpf
printf '\006\000\000\000\000\000\000\000\006\000\000\000\000\000\004\000' >>/tmp/incoming.bpf

# Without gro the kernel outside hands over segments that no card could carry, and they hang. With it
# each of the `depth` places where a card puts what comes in takes 64 KB of the kernel's memory.
for number in 0 1; do
  address=$(printenv "ETH$number") || continue
  card=$(card_in $((number + 1)))
  options="depth=64,gro=1,bpffile=/tmp/incoming.bpf,mac=$(mac_of "${address%/*}")"
  set -- "$@" "vec$number:transport=raw,ifname=$card,$options" "ETH$number=$address"
done
program=$1
shift

# Its memory is a file in TMPDIR, mapped as a program: /dev/shm does not allow that. What comes after
# `--` is for the shell: what it runs need not be executable. Its processes are traced: with seccomp it
# waits by a futex, and one whose process had gone waited for ever.
export HOME=/tmp TMPDIR=/tmp
linux.uml mem=96M rootfstype=hostfs rootflags=/ ro init=/bin/sh quiet seccomp=off \
  con=null con0=null,fd:1 ssl=null ssl0=fd:3,null uml_dir=/tmp/ umid="$MACHINE" \
  "$@" MACHINE="$MACHINE" -- /runtime/director/init.sh "$program" &
kernel=$!
# To its end, and to the end of what was said.
tail -n +1 -f -s 0.1 --pid="$kernel" "$shared/log" &
log=$!

# `docker stop` is a power cut to a kernel that knows nothing of it: its program ends first, in order.
trap 'sh /runtime/director/ask.sh sh -c "kill \$(cat /run/program.pid)"' TERM
while kill -0 "$kernel" 2>/dev/null; do wait "$kernel"; done
wait "$log"
