#!/bin/sh
# Resolves the dependencies again into hashed lock files that name no host; uv lives in a throw-away environment.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$python" -m venv "$made/venv"
"$made/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

resolve() {
  "$made/venv/bin/uv" pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
    --python-version 3.11 "$@"
}
resolve requirements/build.in -o requirements/build.txt
resolve pyproject.toml -o requirements/run.txt
resolve requirements/test.in -o requirements/test.txt
resolve requirements/bench.in -o requirements/bench.txt
resolve requirements/node.in -o requirements/node.txt
resolve requirements/node.in -o requirements/node.txt
if grep -nE 'https?://|^--(index|extra|find)' requirements/*.txt; then
  echo "A lock file names a host: see the lines above." >&2
  exit 1
fi
