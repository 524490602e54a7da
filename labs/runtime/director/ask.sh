#!/bin/sh
# ask.sh COMMAND…: runs it in the kernel inside, and answers as it does: output, errors, exit code.
# Commands and answers go by files; the line brings their names alone, as it drops what is too much.
shared=/tmp/kernel

# 30 s each: on a busy machine a kernel takes ten to come up.
tries=600
until [ -e "$shared/ready" ]; do
  [ $((tries -= 1)) -gt 0 ] || { echo 'The kernel inside does not come up.' >&2; exit 125; }
  sleep 0.05
done

wish=$(mktemp -d "$shared/wish.XXXXXX")
for word; do
  printf "'%s' " "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
done >"$wish/command"
echo "${wish##*/}" >/tmp/line

tries=3000
until [ -e "$wish/code" ]; do
  [ $((tries -= 1)) -gt 0 ] || { echo 'The kernel inside does not answer.' >&2; exit 125; }
  sleep 0.01
done
cat "$wish/out"
cat "$wish/err" >&2
read -r code <"$wish/code"
rm -r "$wish"
exit "$code"
