#!/usr/bin/env bash
# Installs what the tests need into .venv, finds a Chromium, and runs the checks and tests; arguments go to pytest.
#   bash scripts/test.sh           all of it
#   bash scripts/test.sh --quick   without a browser and without what takes more than five seconds, for while you write
# Two processes share the files of tests, a file's fixtures serve all of it; -n 0 keeps all in one, as a debugger needs.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/environment.sh
install_requirements tests/requirements.txt

quick=
if [ "${1:-}" = --quick ]; then
    quick=1
    shift
fi

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # Ubuntu's chromium-browser can be a stub that only points to its snap: it must answer to count.
        if type -P "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then return; fi
    done
    [ -n "$(ls -d "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* 2>/dev/null)" ]
}
install_chromium() {
    echo "Installing a Chromium for the browser tests ..."
    if grep -q '^ID=debian' /etc/os-release 2>/dev/null && apt_install chromium; then return; fi
    root .venv/bin/python -m playwright install-deps chromium >/dev/null || true
    .venv/bin/python -m playwright install chromium
}
command -v git >/dev/null || apt_install git || echo "No git could be had: one test needs it." >&2
[ -n "$quick" ] || has_chromium || install_chromium || echo "No Chromium could be had: the browser tests will say so." >&2

# The checks run beside the tests; what they found is told at the end.
told=$(mktemp -d)
names=() pids=()
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$told"' EXIT
check() { # NAME COMMAND...
    "${@:2}" >"$told/$1" 2>&1 &
    names+=("$1") pids+=($!)
}
check style .venv/bin/python -m ruff check .
check format .venv/bin/python -m ruff format --check .
check types .venv/bin/python -m mypy
check page bash scripts/check_page.sh

passed=() failed=()
if .venv/bin/python -m pytest ${quick:+-q -m "not browser and not slow"} -n 2 --dist loadfile "$@"; then
    passed+=(tests)
else
    failed+=(tests)
fi
for index in "${!names[@]}"; do
    name=${names[index]}
    if wait "${pids[index]}"; then
        passed+=("$name")
    else
        failed+=("$name")
        printf '\n== %s ==\n' "$name"
        cat "$told/$name"
    fi
done
printf '\nPassed: %s\n' "${passed[*]:-nothing}"
[ ${#failed[@]} = 0 ] || { echo "Failed: ${failed[*]}" && exit 1; }
