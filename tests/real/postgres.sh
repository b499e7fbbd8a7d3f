#!/bin/sh
# PostgreSQL on 127.0.0.1, trust authentication, no sockets: postgres.sh start DIR PORT | stop DIR [SIGNAL] | restart DIR SIGNAL
# The signal is PostgreSQL's own: INT ends sessions and stops (the default), QUIT stops as a crash would.
# PG_DURABLE=1 keeps fsync on; PG_EXTRA adds server options.
. "$(dirname "$0")/lib.sh"

find_bin() {
    for b in /usr/local/bin /usr/lib/postgresql/*/bin; do
        if [ -x "$b/initdb" ] && [ -x "$b/postgres" ]; then BIN=$b; return 0; fi
    done
    die "no initdb (Debian: postgresql); ./test installs it"
}
init() {
    rm -rf "$DIR/data"; mkdir "$DIR/data"; chmod 0700 "$DIR/data"; own "$U" "$DIR/data"
    (cd "$DIR" && as "$U" "$BIN/initdb" -D "$DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync) \
        >"$DIR/log/initdb.log" 2>&1 ||
        fail_log "$DIR/log/initdb.log" "initdb failed"
}
# The shell that becomes the server writes the pid file: as root there are other processes in between.
launch() {
    rm -f "$DIR/data/postmaster.pid" "$DIR/log/pid"
    # Hundreds of short-lived databases: nothing to vacuum, nobody to replicate to.
    FAST='-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0'; [ -z "${PG_DURABLE:-}" ] || FAST=
    # shellcheck disable=SC2016,SC2086
    (exec >>"$DIR/log/postgres.log" 2>&1 </dev/null; cd "$DIR" && as "$U" setsid sh -c 'echo $$ >"$1"; shift; exec "$@"' sh "$DIR/log/pid" \
        "$BIN/postgres" -D "$DIR/data" -p "$PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c max_connections=200 -c log_line_prefix='%m [%p] ' $FAST ${PG_EXTRA:-}) &
    wait_for 10 test -s "$DIR/log/pid"
    cp "$DIR/log/pid" "$DIR/pid" 2>/dev/null
    wait_for 60 grep -q '^ready' "$DIR/data/postmaster.pid" && return
    stop_pid "$DIR/pid" 5 QUIT
    fail_log "$DIR/log/postgres.log" "not ready after 60 s"
}

case ${1:-} in
start)
    absdir "${2:-}"; need_port "${3:-}"; PORT=$3
    find_bin; port_free "$PORT"
    U=$(id -un); [ "$U" != root ] || U=postgres
    can_enter "$U" "$DIR"
    mkdir -p "$DIR/log"; own "$U" "$DIR/log"
    [ -s "$DIR/data/PG_VERSION" ] || init
    launch
    conn "PG_PORT=$PORT"
    ;;
stop) absdir "${2:-}"; stop_pid "$DIR/pid" 20 "${3:-INT}" ;;
restart)
    absdir "${2:-}"; PORT=$(sed -n 's/^PG_PORT=//p' "$DIR/conn.env")
    stop_pid "$DIR/pid" 20 "${3:-QUIT}"
    exec sh "$0" start "$DIR" "$PORT"
    ;;
*) usage "start DIR PORT | stop DIR [SIGNAL] | restart DIR SIGNAL" ;;
esac
