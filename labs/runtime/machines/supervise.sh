# How a machine runs its program. To be sourced.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
own=/run/$MACHINE
mkdir -p "$own"
# What an earlier life may have left behind.
rm -rf "${own:?}"/*

# Ends what is left of a program's process group, however it was stopped.
end_group() {
  kill -TERM "-$1" 2>/dev/null || return 0
  tries=100
  while kill -0 "-$1" 2>/dev/null; do
    [ $((tries -= 1)) -gt 0 ] || kill -KILL "-$1" 2>/dev/null
    sleep 0.02
  done
}

# Runs the machine's program, and again when it has ended, unless it is switched off: program.sh. Of a
# keepalived that dies early its children may live on, and keep the next one from its place.
supervise() {
  trap 'kill "$child"; wait "$child"; exit 0' TERM INT
  while :; do
    if [ -e "$own/off" ]; then
      sleep 0.05
      continue
    fi
    setsid "$@" &
    child=$!
    echo "$child" >"$own/pid"
    wait "$child"
    echo "$MACHINE: $1 has ended with $?"
    end_group "$child"
    sleep 0.1
  done
}
