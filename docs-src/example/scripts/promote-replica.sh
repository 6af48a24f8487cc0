#!/usr/bin/env bash
# Makes a replica of the ledger the primary and points the connection pooler at it.
# Usage: promote-replica.sh REPLICA_HOST
set -euo pipefail

replica=${1:?usage: promote-replica.sh REPLICA_HOST}

ssh "$replica" "sudo -u postgres psql -c 'SELECT pg_promote(true, 60)'"
ssh pooler.internal.cobblepost.example \
  "sudo sed -i 's/^ledger = host=[^ ]*/ledger = host=$replica/' /etc/pgbouncer/pgbouncer.ini && sudo systemctl reload pgbouncer"
