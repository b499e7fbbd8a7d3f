#!/bin/sh
# rspamd without network, to score messages: rspamd.sh start DIR PORT | stop DIR
# It listens on 127.0.0.1:PORT; POST /checkv2 with a message answers JSON {score, symbols}. There is no DNS: what asks it, fails.
. "$(dirname "$0")/lib.sh"

write_configuration() {
    cat >"$DIR/rspamd.conf" <<EOF
.include "\$CONFDIR/common.conf"
options {
    pidfile = "$DIR/run/rspamd.pid"; control_socket = "$DIR/run/rspamd.sock mode=0600"; tempdir = "$DIR/run";
    cache_file = "$DIR/db/symbols.cache"; hs_cache_dir = "$DIR/db/"; history_file = "$DIR/db/history"; rrd = "";
    url_tld = "/usr/share/rspamd/effective_tld_names.dat"; filters = "chartable,dkim,regexp"; local_addrs = [];
    dns { timeout = 0.2s; retransmits = 1; nameserver = ["127.0.0.1:1"]; }
}
logging { type = "file"; filename = "$DIR/log/rspamd.log"; level = "notice"; }
worker "normal" { bind_socket = "127.0.0.1:$PORT"; count = 1; task_timeout = 20s; }
EOF
}

case ${1:-} in
start)
    absdir "${2:-}"; need_port "${3:-}"; PORT=$3
    need rspamd rspamd; need curl curl; port_free "$PORT"
    mkdir -p "$DIR/db" "$DIR/run" "$DIR/log"; own _rspamd "$DIR/db" "$DIR/run" "$DIR/log"; can_enter _rspamd "$DIR"
    write_configuration
    background "$DIR/log/out.log" "$DIR/pid" rspamd -f -c "$DIR/rspamd.conf" -u _rspamd -g _rspamd \
        --var=DBDIR="$DIR/db" --var=RUNDIR="$DIR/run" --var=LOGDIR="$DIR/log"
    wait_for 60 curl -sf "http://127.0.0.1:$PORT/ping" || { stop_pid "$DIR/pid" 5 TERM; fail_log "$DIR/log/rspamd.log" "not ready after 60 s"; }
    conn "RSPAMD_PORT=$PORT"
    ;;
stop) absdir "${2:-}"; stop_pid "$DIR/pid" 10 TERM ;;
*) usage "start DIR PORT | stop DIR" ;;
esac
