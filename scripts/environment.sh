# Sourced by run.sh and test.sh: makes the virtual environment .venv and installs a requirements file into it.
# Works on a machine that has nothing but Debian or Ubuntu and Python 3.11 or newer.

root() { # run a command as root, if this user may without being asked
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

apt_install() {
    command -v apt-get >/dev/null || return 1
    root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 &&
        root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() { # the first Python that is new enough
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "GenApp needs Python 3.11 or newer; here is $(python3 --version 2>&1)." >&2
    return 1
}

make_venv() {
    local python version
    python=$(find_python) || return 1
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "Installing python$version-venv (Debian keeps it apart from Python) ..."
        if ! apt_install "python$version-venv"; then
            echo "Python cannot make virtual environments here: run 'apt install python$version-venv' as root first." >&2
            return 1
        fi
    fi
    "$python" -m venv .venv
}

install_requirements() { # FILE: installs it unless this very list is already in
    local file=$1 stamp list
    stamp=.venv/installed-$(echo "$file" | tr / -)
    [ -x .venv/bin/python ] || make_venv || return 1
    list=$(cat requirements.txt training/requirements.txt tests/requirements.txt)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$list" ]; then
        echo "Installing $file into .venv: some minutes the first time, torch and its GPU libraries are large ..."
        .venv/bin/python -m pip install -q --disable-pip-version-check --progress-bar off -r "$file" || return 1
        echo "$list" >"$stamp"
    fi
}
