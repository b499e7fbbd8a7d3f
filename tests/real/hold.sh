#!/bin/sh
# hold.sh SERVICE ARG...: start SERVICE.sh in a folder of its own and hold it for as long as our stdin is open; then stop it and
# remove the folder. Whoever holds the other end may die in any way: the pipe ends, and so does the service.
# Prints DIR=..., the service's KEY=VALUE lines, and READY last.
. "$(dirname "$0")/lib.sh"
SERVICE=${1:-}; [ -f "$HERE/$SERVICE.sh" ] || usage "SERVICE ARG..."
shift
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/waybill-$SERVICE.XXXXXX") || die "cannot make a folder in ${TMPDIR:-/tmp}"
chmod 0755 "$FOLDER"

end() { sh "$HERE/$SERVICE.sh" stop "$FOLDER" </dev/null >/dev/null 2>&1; rm -rf "$FOLDER" 2>/dev/null || sudo -n rm -rf "$FOLDER"; }
trap '' HUP INT
trap 'end; exit 1' TERM

sh "$HERE/$SERVICE.sh" start "$FOLDER" "$@" </dev/null || { end; exit 1; }
echo "DIR=$FOLDER"
echo READY
cat >/dev/null
end
