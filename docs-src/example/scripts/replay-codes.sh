#!/usr/bin/env bash
# Puts pickup codes that were never confirmed back into the notifier's queue.
# Usage: replay-codes.sh [--dry-run] SINCE      (SINCE as 2026-11-04T08:00Z)
set -euo pipefail

commit=COMMIT
if [[ ${1:-} == --dry-run ]]; then
  commit=ROLLBACK
  shift
fi
since=${1:?usage: replay-codes.sh [--dry-run] SINCE}

psql "$LEDGER_URL" -v ON_ERROR_STOP=1 -v since="$since" <<SQL
BEGIN;
INSERT INTO code_queue (parcel_id, requested_at)
SELECT parcel_id, now() FROM code_messages
WHERE sent_at >= :'since' AND confirmed_at IS NULL
RETURNING parcel_id;
$commit;
SQL
