#!/usr/bin/env bash
# Restores the ledger to a new database host, up to a point in time.
# Usage: restore-ledger.sh --to TIME HOST      (TIME as "2026-11-04 08:00:00+00")
set -euo pipefail

if [[ ${1:-} != --to || $# -ne 3 ]]; then
  echo "usage: restore-ledger.sh --to TIME HOST" >&2
  exit 2
fi
target=$2
host=$3
data=/var/lib/postgresql/17/ledger

if ssh "$host" "test -e $data/PG_VERSION"; then
  echo "$host already has a database in $data: choose an empty host" >&2
  exit 1
fi

recover=(barman recover --remote-ssh-command "ssh postgres@$host" --target-time "$target"
  --target-action promote ledger latest "$data")
ssh barman.internal.cobblepost.example "$(printf '%q ' "${recover[@]}")"
ssh "$host" sudo systemctl start postgresql@17-ledger
until ssh "$host" pg_isready -p 5432; do sleep 5; done
