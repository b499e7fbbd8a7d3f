# What the scripts beside this file share; POSIX sh, sourced. They install nothing: ./test does.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
unset CDPATH
NAME=$(basename "$0" .sh)
HERE=$(cd "$(dirname "$0")" && pwd -P)

die() { echo "$NAME: $*" >&2; exit 1; }
usage() { echo "usage: $NAME.sh $*" >&2; exit 2; }
need() { command -v "$1" >/dev/null 2>&1 || die "$1 is missing (Debian: $2); ./test installs it"; }

# absdir DIR: set DIR to its absolute path; the services' own users must be able to enter it.
absdir() {
    [ -n "${1:-}" ] || die "no DIR given"
    mkdir -p "$1" || die "cannot make $1"
    DIR=$(cd "$1" && pwd -P) || die "cannot enter $1"
    [ "$DIR" != / ] || die "DIR may not be /"
}
need_port() { case ${1:-} in '' | *[!0-9]*) die "PORT must be a number, not '${1:-}'" ;; esac; }
tcp_open() { bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2>/dev/null; }
port_free() { if tcp_open "$1"; then die "port $1 is taken by another program"; fi; }

# wait_for SECONDS CMD...: until CMD succeeds.
wait_for() {
    _n=$(($1 * 20)); shift
    while [ "$_n" -gt 0 ]; do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.05; _n=$((_n - 1))
    done
    return 1
}
pid_of() { [ -s "$1" ] && tr -d ' \n' <"$1"; }
alive() {
    _p=$(pid_of "$1") && [ -n "$_p" ] && kill -0 "$_p" 2>/dev/null &&
        ! grep -q '^State:[[:space:]]*Z' "/proc/$_p/status" 2>/dev/null
}
gone() { ! alive "$1"; }

# stop_pid PIDFILE SECONDS SIGNAL: ask, wait, then kill.
stop_pid() {
    if alive "$1"; then
        kill "-$3" "$(pid_of "$1")" 2>/dev/null
        wait_for "$2" gone "$1" || { kill -KILL "$(pid_of "$1")" 2>/dev/null; wait_for 5 gone "$1"; }
    fi
    rm -f "$1"
}

# as USER CMD...: drop to USER when we are root.
as() { _u=$1; shift; if [ "$(id -u)" = 0 ]; then setpriv --reuid "$_u" --regid "$(id -g "$_u")" --init-groups -- "$@"; else "$@"; fi; }
can_enter() { as "$1" test -x "$2" || die "user $1 cannot enter $2: every folder above it needs o+x"; }
own() { [ "$(id -u)" != 0 ] || chown "$@"; }

# background LOG PIDFILE CMD...: start apart from this shell.
background() { _log=$1; _pf=$2; shift 2; setsid "$@" >>"$_log" 2>&1 </dev/null & echo $! >"$_pf"; }
fail_log() { [ ! -f "$1" ] || tail -n 20 "$1" >&2; shift; die "$@"; }

# conn LINE...: remember the connection lines in DIR/conn.env and print them.
conn() { printf '%s\n' "$@" >"$DIR/conn.env"; cat "$DIR/conn.env"; }

# make_ca DIR: ca.pem, server.pem and server.key for localhost, mail.test, 127.0.0.1 and ::1.
make_ca() {
    [ ! -s "$1/server.pem" ] || return 0
    need openssl openssl
    mkdir -p "$1"
    (cd "$1" && umask 077 &&
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Waybill test CA" -keyout ca.key -out ca.pem \
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign &&
        sign server localhost DNS:localhost,DNS:mail.test,IP:127.0.0.1,IP:::1) >"$1/openssl.log" 2>&1 ||
        fail_log "$1/openssl.log" "openssl could not make the test certificates"
    chmod 0755 "$1"; chmod 0644 "$1/ca.pem" "$1/server.pem"
}
# sign FILE NAME SAN: in the CA's folder, a certificate of our CA.
sign() {
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" &&
        printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' "$3" >"$1.cnf" &&
        openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -sha256 -extfile "$1.cnf" -out "$1.pem"
}
