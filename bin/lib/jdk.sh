# shellcheck shell=bash
# Finds a JDK and runs Maven on it. The scripts in bin/ set root and source this; it is no program of its own.

needed_java=25

# The major version of the Java in a folder, or nothing if there is none: java_version FOLDER
java_version() {
    local version=
    [ -x "$1/bin/java" ] || return 0
    [ ! -f "$1/release" ] || version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release")
    [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    version=${version#1.}
    echo "${version%%[!0-9]*}"
}

# Folders in which a JDK may be, one a line, the caller's choice first.
java_folders() {
    local java
    [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
    java=$(command -v java) && dirname "$(dirname "$(readlink -f "$java")")"
    printf '%s\n' /usr/lib/jvm/* /opt/*jdk* /opt/java/* /usr/local/*jdk* \
        {,"$HOME"}/Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
}

# Sets and exports JAVA_HOME, or ends the script with a message that names what was found.
use_jdk() {
    local folder version found=
    while IFS= read -r folder; do
        version=$(java_version "$folder")
        [ -n "$version" ] || continue
        if [ "$version" -ge "$needed_java" ] && [ -x "$folder/bin/javac" ]; then
            export JAVA_HOME=$folder
            return
        fi
        [ -x "$folder/bin/javac" ] || version+=", without a compiler"
        case $found in
            *"  $folder (Java "*) ;;
            *) found+=$'\n'"  $folder (Java $version)" ;;
        esac
    done < <(java_folders)
    {
        echo "ta-bot needs a JDK $needed_java or newer. Found: ${found:-none.}"
        echo "Install one (for example Eclipse Temurin $needed_java), or set JAVA_HOME to its folder."
    } >&2
    exit 1
}

# Ends the script with a message if there is no Maven.
need_maven() {
    if ! command -v mvn >/dev/null; then
        echo "ta-bot is built with Maven, and there is no mvn on the PATH. Install it (Debian: apt-get install maven)." >&2
        exit 1
    fi
}

# Runs Maven in the project's folder: maven ARGUMENT...
maven() {
    # Maven's own libraries make a new JDK warn about sun.misc.Unsafe and native access.
    local quiet="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    (cd "${root:?}" && MAVEN_OPTS="$quiet ${MAVEN_OPTS:-}" mvn --batch-mode --no-transfer-progress "$@" </dev/null)
}
