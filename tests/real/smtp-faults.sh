#!/bin/sh
# A faulty SMTP server: smtp-faults.sh start DIR BASEPORT | stop DIR. Takes 20 ports from BASEPORT; smtp_faults.py says what each does.
# Messages in DIR/messages/*.eml (with an envelope in *.json), events in DIR/events.jsonl. User sender, password secret.
. "$(dirname "$0")/lib.sh"

other_ca() { # a certificate that nobody signed
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
        -keyout other.key -out other.pem
}
expired() { # one of our CA that ended long ago; only "openssl ca" takes a start and an end
    : >index.txt; echo 01 >serial
    printf '%s\n' '[ca]' default_ca=c '[c]' database=index.txt serial=serial new_certs_dir=. default_md=sha256 policy=p x509_extensions=x \
        '[p]' commonName=supplied '[x]' subjectAltName=DNS:localhost,IP:127.0.0.1 >ca.cnf
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout expired.key -out expired.csr &&
        openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key \
            -startdate 20200101000000Z -enddate 20200201000000Z -in expired.csr -out expired.pem
}

case ${1:-} in
start)
    absdir "${2:-}"; need_port "${3:-}"; PORT=$3
    # The python3 that is first in PATH may be another, without Debian's modules.
    /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || die "aiosmtpd is missing (Debian: python3-aiosmtpd); ./test installs it"
    i=0; while [ $i -lt 20 ]; do port_free $((PORT + i)); i=$((i + 1)); done
    make_ca "$DIR/tls"
    (cd "$DIR/tls" && other_ca && sign wronghost other.example DNS:other.example && expired) >>"$DIR/tls/openssl.log" 2>&1 ||
        fail_log "$DIR/tls/openssl.log" "openssl could not make the faulty certificates"
    background "$DIR/server.log" "$DIR/pid" /usr/bin/python3 "$HERE/smtp_faults.py" "$DIR" "$PORT"
    wait_for 20 test -s "$DIR/ready" || { stop_pid "$DIR/pid" 1 KILL; fail_log "$DIR/server.log" "not ready after 20 s"; }
    conn "SMTP_CA=$DIR/tls/ca.pem" "FAULTS_BASE=$PORT"
    ;;
stop) absdir "${2:-}"; stop_pid "$DIR/pid" 5 TERM ;;
*) usage "start DIR BASEPORT | stop DIR" ;;
esac
