#!/usr/bin/env bash
# Checks the newest base backup of the ledger, and that every WAL segment since then is in the archive.
# Usage: verify-backup.sh
set -euo pipefail

ssh barman.internal.cobblepost.example 'barman check ledger && barman check-backup ledger latest'
