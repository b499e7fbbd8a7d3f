#!/bin/sh
# leash.sh CMD...: become CMD (same pid), and have it killed when our stdin ends before it does. SPECS_OPEN_FILES is its limit of open files.
# The watcher knows that CMD still lives by being its child: an orphan's parent is another.
[ -z "$SPECS_OPEN_FILES" ] || ulimit -n "$SPECS_OPEN_FILES"
exec 3<&0
sh -c 'cat >/dev/null; grep -q "^PPid:[[:space:]]*$PPID\$" "/proc/$$/status" && kill -KILL "$PPID"' <&3 >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
