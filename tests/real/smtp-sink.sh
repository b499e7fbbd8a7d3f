#!/bin/sh
# Postfix's smtp-sink, which takes everything and is fast: smtp-sink.sh start DIR PORT [keep] | stop DIR
# With "keep" each message lands in a file of its own in DIR/messages.
. "$(dirname "$0")/lib.sh"
case ${1:-} in
start)
    absdir "${2:-}"; need_port "${3:-}"; PORT=$3
    need smtp-sink postfix; port_free "$PORT"
    mkdir -p "$DIR/messages"
    set -- "127.0.0.1:$PORT" 1024 "${4:-}"
    if [ "${3:-}" = keep ]; then set -- -d "$DIR/messages/%H%M%S." "$1" "$2"; else set -- "$1" "$2"; fi
    if [ "$(id -u)" = 0 ]; then chmod 0777 "$DIR/messages"; set -- -u nobody "$@"; fi
    background "$DIR/sink.log" "$DIR/pid" smtp-sink -h sink.test "$@"
    wait_for 10 tcp_open "$PORT" || { stop_pid "$DIR/pid" 1 KILL; fail_log "$DIR/sink.log" "not ready after 10 s"; }
    conn "SINK_PORT=$PORT"
    ;;
stop) absdir "${2:-}"; stop_pid "$DIR/pid" 5 TERM ;;
*) usage "start DIR PORT [keep] | stop DIR" ;;
esac
