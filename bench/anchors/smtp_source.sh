#!/usr/bin/env bash
# smtp_source.sh PORT SESSIONS MESSAGES OCTETS: smtp-source over kept sessions. Prints "COUNT SECONDS".
set -euo pipefail
PATH=$PATH:/usr/sbin
start=$EPOCHREALTIME
smtp-source -d -s "$2" -m "$3" -l "$4" -f shop@example.com -t buyer@example.net "127.0.0.1:$1" >/dev/null
echo "$3 $EPOCHREALTIME $start" | awk '{ print $1, $2 - $3 }'
