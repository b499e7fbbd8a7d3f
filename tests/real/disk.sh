#!/bin/sh
# A disk of a few megabytes that can be filled: disk.sh start DIR MEGABYTES | stop DIR
# It is mounted at DIR/disk, which only root may do.
. "$(dirname "$0")/lib.sh"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

case ${1:-} in
start)
    absdir "${2:-}"
    case ${3:-} in '' | *[!0-9]*) die "MEGABYTES must be a number, not '${3:-}'" ;; esac
    mkdir -p "$DIR/disk"
    as_root mount -t tmpfs -o "size=${3}m,mode=0700,uid=$(id -u),gid=$(id -g)" waybill-spec "$DIR/disk" ||
        die "cannot mount a tmpfs of ${3} MB: the spec of a full disk needs root, or sudo without a password, and the right to mount (CAP_SYS_ADMIN)"
    conn "DISK=$DIR/disk"
    ;;
stop) absdir "${2:-}"; ! mountpoint -q "$DIR/disk" || as_root umount -l "$DIR/disk" ;;
*) usage "start DIR MEGABYTES | stop DIR" ;;
esac
