#!/usr/bin/env bash
# Asks the gateway when it last heard from a locker, and sends the locker a ping.
# Usage: ping-locker.sh LOCKER_ID
set -euo pipefail

locker=${1:?usage: ping-locker.sh LOCKER_ID}
gateway=${GATEWAY:-gateway.internal.cobblepost.example}

mosquitto_rr -h "$gateway" -p 8883 --capath /etc/ssl/certs -u support -P "$GATEWAY_PASSWORD" \
  -t "lockers/$locker/ping" -e "lockers/$locker/pong" -m "$(date -u +%FT%TZ)" -W 20
