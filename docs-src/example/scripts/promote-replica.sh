#!/usr/bin/env bash
# Makes a replica of the ledger the primary and points the connection pooler at it. A host that is a primary already
# only gets the pooler.
# Usage: promote-replica.sh REPLICA_HOST
set -euo pipefail

replica=${1:?usage: promote-replica.sh REPLICA_HOST}

ssh "$replica" "sudo -u postgres psql -c 'SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, 60) END'"
ssh pooler.internal.cobblepost.example \
  "sudo sed -i 's/^ledger = host=[^ ]*/ledger = host=$replica/' /etc/pgbouncer/pgbouncer.ini && sudo systemctl reload pgbouncer"
