#!/bin/sh
# Postfix as a submission relay on 127.0.0.1: postfix.sh start DIR PORT SMTPS_PORT | stop DIR | queue DIR | flush DIR
# PORT: STARTTLS (CA in DIR/tls/ca.pem), AUTH PLAIN LOGIN CRAM-MD5 after STARTTLS only, user sender, password secret.
# SMTPS_PORT: the same with implicit TLS. Every recipient is delivered into the Maildir DIR/mail/all
# (Delivered-To:, X-Original-To: and Return-Path: say whose). Recipients with a meaning:
#   bad@* 550 5.1.1   temp@* 451 4.3.0   full@* 552 5.2.2   grey@* 450 4.2.0   blocked@* 554 5.7.1   slow@* answered after 5 s
#   *@bounce.* accepted, then a bounce message comes back to the envelope sender (into the same Maildir)
#   *@defer.*  accepted, stays in the queue (postfix.sh queue DIR)
# A header "X-Test-Reject: yes" is refused with 550 5.7.1 at the end of DATA. Sender blocked@*: 554 5.7.1.
# Environment: SIZE_LIMIT (bytes, default 10485760), POSTFIX_EXTRA="name = value" lines for main.cf.
. "$(dirname "$0")/lib.sh"
# Postfix's master wants root; the mail it delivers belongs to whoever called.
[ "$(id -u)" = 0 ] || exec sudo -n env "SIZE_LIMIT=${SIZE_LIMIT:-}" "POSTFIX_EXTRA=${POSTFIX_EXTRA:-}" \
    "MAIL_UID=$(id -u)" "MAIL_GID=$(id -g)" sh "$0" "$@"

pf() { c=$1; shift; "$c" -c "$DIR/etc" "$@"; }
running() { [ -s "$DIR/spool/pid/master.pid" ] && alive "$DIR/spool/pid/master.pid"; }
mpid() { tr -d ' \n' <"$DIR/spool/pid/master.pid"; }
case ${1:-} in
start)
    absdir "${2:-}"; need_port "${3:-}"; PORT=$3; need_port "${4:-}"; SPORT=$4
    need postfix postfix; need saslpasswd2 sasl2-bin
    ls /usr/lib/*/sasl2/libplain.so >/dev/null 2>&1 || die "libplain.so is missing (Debian: libsasl2-modules); ./test installs it"
    port_free "$PORT"; port_free "$SPORT"
    U=sender; P=secret; LIM=${SIZE_LIMIT:-10485760}
    MAIL_UID=${MAIL_UID:-$(id -u mail)}; MAIL_GID=${MAIL_GID:-$(id -g mail)}
    [ "$MAIL_UID" != 0 ] || die "mail cannot be delivered to root"
    make_ca "$DIR/tls"
    mkdir -p "$DIR/etc/sasl" "$DIR/spool" "$DIR/data" "$DIR/log" "$DIR/mail/all"
    chown postfix "$DIR/data"; chown -R "$MAIL_UID:$MAIL_GID" "$DIR/mail"; can_enter postfix "$DIR"
    rm -f "$DIR/etc/sasl/sasldb2"
    printf '%s' "$P" | saslpasswd2 -p -c -f "$DIR/etc/sasl/sasldb2" -u mail.test "$U" || die "saslpasswd2 failed"
    chgrp postfix "$DIR/etc/sasl/sasldb2"; chmod 0640 "$DIR/etc/sasl/sasldb2"
    printf '%s\n' 'pwcheck_method: auxprop' 'auxprop_plugin: sasldb' "sasldb_path: $DIR/etc/sasl/sasldb2" \
        'mech_list: PLAIN LOGIN CRAM-MD5' >"$DIR/etc/sasl/smtpd.conf"
    cat >"$DIR/etc/rcpt_access" <<EOF
/^bad@/      550 5.1.1 no such user here
/^temp@/     451 4.3.0 try again later
/^full@/     552 5.2.2 mailbox full
/^grey@/     450 4.2.0 greylisted, come back later
/^blocked@/  554 5.7.1 blocked for policy reasons
/^slow@/     sleep 5
EOF
    echo '/^blocked@/  554 5.7.1 this sender is blocked' >"$DIR/etc/sender_access"
    echo '/^X-Test-Reject:/ REJECT 5.7.1 content refused by the test rule' >"$DIR/etc/header_checks"
    printf '%s\n' '/@bounce\./ bouncer:' '/@defer\./ deferrer:' >"$DIR/etc/transport"
    printf '#!/bin/sh\necho 5.1.1 the mailbox does not exist, refused after acceptance\nexit 67\n' >"$DIR/etc/bouncer.sh"
    printf '#!/bin/sh\necho 4.4.1 the next host is down\nexit 75\n' >"$DIR/etc/deferrer.sh"
    chmod 0755 "$DIR/etc/bouncer.sh" "$DIR/etc/deferrer.sh"
    cat >"$DIR/etc/main.cf" <<EOF
compatibility_level = 3.6
config_directory = $DIR/etc
queue_directory = $DIR/spool
data_directory = $DIR/data
maillog_file = $DIR/log/mail.log
maillog_file_prefixes = $DIR/log
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
relay_domains =
smtputf8_enable = yes
biff = no
append_dot_mydomain = no
message_size_limit = $LIM
mailbox_size_limit = 0
virtual_mailbox_limit = 0
virtual_mailbox_domains = static:all
virtual_mailbox_base = $DIR/mail
virtual_mailbox_maps = static:all/
virtual_minimum_uid = 1
virtual_uid_maps = static:$MAIL_UID
virtual_gid_maps = static:$MAIL_GID
virtual_transport = virtual
transport_maps = regexp:$DIR/etc/transport
header_checks = regexp:$DIR/etc/header_checks
smtpd_helo_required = yes
smtpd_tls_cert_file = $DIR/tls/server.pem
smtpd_tls_key_file = $DIR/tls/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_received_header = yes
smtpd_tls_loglevel = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
cyrus_sasl_config_path = $DIR/etc/sasl
smtpd_sasl_local_domain = mail.test
smtpd_sasl_security_options = noanonymous
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_sender_restrictions = check_sender_access regexp:$DIR/etc/sender_access
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access regexp:$DIR/etc/rcpt_access, permit_sasl_authenticated, reject
smtpd_timeout = 60s
smtp_tls_security_level = none
bounce_queue_lifetime = 1h
minimal_backoff_time = 30s
in_flow_delay = 0
queue_run_delay = 30s
default_process_limit = 50
${POSTFIX_EXTRA:-}
EOF
    {
        echo "127.0.0.1:$PORT inet n - n - - smtpd"
        echo "127.0.0.1:$SPORT inet n - n - - smtpd -o smtpd_tls_wrappermode=yes"
        echo "bouncer unix - n n - - pipe flags=Rq user=nobody argv=$DIR/etc/bouncer.sh"
        echo "deferrer unix - n n - - pipe flags=Rq user=nobody argv=$DIR/etc/deferrer.sh"
        cat <<'EOF'
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
local     unix  - n n - - local
virtual   unix  - n n - - virtual
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
EOF
    } >"$DIR/etc/master.cf"
    pf postfix start >"$DIR/log/start.log" 2>&1 || fail_log "$DIR/log/start.log" "postfix start failed; see mail.log too"
    wait_for 20 running && wait_for 20 tcp_open "$PORT" || fail_log "$DIR/log/mail.log" "not ready after 20s"
    conn "SMTP_HOST=localhost" "SMTP_PORT=$PORT" "SMTPS_PORT=$SPORT" "SMTP_USER=$U" "SMTP_PASSWORD=$P" \
        "SMTP_CA=$DIR/tls/ca.pem" "SMTP_MAILDIR=$DIR/mail/all"
    ;;
stop)
    absdir "${2:-}"
    if running; then
        _m=$(mpid); pf postfix stop >/dev/null 2>&1
        wait_for 15 gone "$DIR/spool/pid/master.pid" || kill -KILL "$_m" 2>/dev/null
    fi
    rm -f "$DIR/spool/pid/master.pid"
    ;;
queue) absdir "${2:-}"; pf postqueue -p ;;
flush) absdir "${2:-}"; pf postqueue -f ;;
*) usage "start DIR PORT SMTPS_PORT | stop DIR | queue DIR | flush DIR" ;;
esac
