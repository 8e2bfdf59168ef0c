#!/usr/bin/env bash
# Installs what the app needs into .venv and opens it; arguments go to app.py.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/environment.sh
install_requirements requirements.txt
exec .venv/bin/python app.py "$@"
