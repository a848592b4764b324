#!/bin/sh
# Makes .venv from the hashed lock files: `environment.sh run|test|soak|bench`. Nothing is done again until a lock changes.
set -eu
cd "$(dirname "$0")/.."

level=${1:-run}
case "$level" in
  run) locks="build run" ;;
  test | soak) locks="build run test" ;;
  bench) locks="build run test bench" ;;
  *) echo "environment.sh: '$level' is not known: say run, test, soak or bench." >&2; exit 2 ;;
esac

python=${PYTHON:-python3}
stamps=.venv/.locks
missing() { echo "Missing: $1" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 || missing "$python (Debian: apt-get install python3 python3-venv)."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || missing "Python 3.11 or newer; $python is $("$python" -V 2>&1). Name another one with PYTHON=…"
"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || missing "the module venv (Debian: apt-get install python3-venv)."
[ "$level" = run ] || command -v git >/dev/null 2>&1 || missing "git (Debian: apt-get install git)."
[ "$level" = run ] || command -v zdump >/dev/null 2>&1 \
  || missing "zdump, by which the clock tests check the time zones (Debian: apt-get install libc-bin)."

# The tests open a real browser and start a real server. Who may install them, has them installed.
have_browser() { command -v chromium >/dev/null 2>&1; }
have_server() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }
have_office() { [ "$level" != soak ] || command -v soffice >/dev/null 2>&1; }
packages=
have_browser || packages="$packages chromium"
have_server || packages="$packages postgresql"
have_office || packages="$packages libreoffice-calc" # which opens what is exported, in the long runs
if { [ "$level" = test ] || [ "$level" = soak ]; } && [ -n "$packages" ]; then
  if [ "$(id -u 2>/dev/null)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$packages …" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends $packages; } >&2 \
      || missing "$packages, and apt-get install$packages failed."
  fi
  have_browser || missing "chromium, by which the pages are tested (Debian: apt-get install chromium)."
  have_server || missing "PostgreSQL, on which the rooms are tested too (Debian: apt-get install postgresql)."
fi

digest_of() { "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"; }

# A changed lock may have dropped a package: then the whole environment is made again.
fresh=no
[ -x .venv/bin/pip ] || fresh=yes # also after a creation that was broken off
for lock in run build test bench; do
  stamp=$stamps/$lock
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" != "$(digest_of "requirements/$lock.txt")" ]; then fresh=yes; fi
done
if [ "$fresh" = yes ]; then
  echo "Making .venv …" >&2
  "$python" -m venv --clear .venv
fi
mkdir -p "$stamps"

for lock in $locks; do
  if [ ! -f "$stamps/$lock" ]; then
    echo "Installing requirements/$lock.txt …" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
      -r "requirements/$lock.txt"
    digest_of "requirements/$lock.txt" >"$stamps/$lock"
  fi
done

if [ "$(cat "$stamps/project" 2>/dev/null)" != "$(digest_of pyproject.toml)" ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
  digest_of pyproject.toml >"$stamps/project"
fi
