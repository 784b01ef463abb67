# shellcheck shell=bash
# What the scripts bin/bench-* have in common; it is no program of its own. Those that source it set folder, where their
# logs are.

# Prints the comment at the head of the script and ends it.
print_usage() {
    sed -n '2,/^set/{/^set/d;/^# Quick:/d;s/^# \{0,1\}//p}' "$0" >&2
    exit 2
}

# Ends the script with its usage unless this is a positive number: needs_number TEXT
needs_number() {
    case $1 in
        '' | *[!0-9]* | 0) print_usage ;;
    esac
}

# Debian keeps servers where a user's PATH does not look.
PATH=$PATH:/usr/sbin

# needs_programs NAME...
needs_programs() {
    local program
    for program in "$@"; do
        if ! command -v "$program" >/dev/null; then
            echo "$(basename "$0") needs $program. Install it (Debian: apt-get install $program)." >&2
            exit 1
        fi
    done
}

load_average() { cut -d' ' -f1 /proc/loadavg; }

# What a figure depends on: print_machine FOLDER OF THE PROJECT
print_machine() {
    local changed=
    git -C "$1" diff --quiet HEAD 2>/dev/null || changed=', changed since'
    echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) CPUs," \
        "$(awk '$1 == "MemTotal:" { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, $(uname -sm)," \
        "commit $(git -C "$1" rev-parse --short HEAD 2>/dev/null || echo unknown)$changed," \
        "$(date -u +%Y-%m-%dT%H:%MZ), load average $(load_average)"
}

# Ends processes of this script and waits for them: end_processes PID...
end_processes() {
    local process
    for process in "$@"; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
}

# Waits until a command succeeds, for two minutes: wait_for COMMAND...
wait_for() {
    local deadline=$((SECONDS + 120))
    until "$@"; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            tail -n 30 "${folder:?}"/*.log >&2
            echo "did not get that far: $*" >&2
            exit 1
        fi
        sleep 0.1
    done
}

# Whether the NATS server has said where it listens; sets port.
has_port() {
    port=$(sed -n 's|.*nats://127.0.0.1:\([0-9]*\).*|\1|p' "$folder"/*.ports 2>/dev/null) && [ -n "$port" ]
}

# Whether the service has said where its API is; sets url.
is_bound() {
    url=$(sed -n 's|.*\(http://[^/]*\)/api/.*|\1|p' "$folder/service.log" 2>/dev/null | head -n 1) && [ -n "$url" ]
}

is_ready() { curl -sfo "$folder/answer" "$url/ready"; }
