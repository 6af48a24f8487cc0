"""What the API asks of the ledger. This one keeps everything in memory, for tests and demonstrations."""

from datetime import UTC, datetime, timedelta
from itertools import count

from .settings import CODE_LIFETIME_HOURS, RESERVATION_MINUTES

LOCKERS = {
    "L-0417": {
        "locker_id": "L-0417",
        "name": "Harbour Street 12",
        "state": "in_service",
        "online": True,
        "free": {"S": 6, "M": 3, "L": 1},
    },
}
COMPARTMENTS = {
    "L-0417": {
        "A07": {"compartment_id": "A07", "size": "M", "state": "free", "door": "closed"},
    },
}
PARCELS: dict[str, dict] = {}
EVENTS: dict[str, list[dict]] = {}
RESERVATIONS: dict[str, dict] = {}

_numbers = count(1)


class NotFound(KeyError):
    """There is no such locker, compartment, parcel or reservation."""


def now() -> datetime:
    return datetime.now(UTC)


def next_id(letter: str) -> str:
    return f"{letter}-{next(_numbers):06}"


def find(table: dict, key: str) -> dict:
    try:
        return table[key]
    except KeyError:
        raise NotFound(key) from None


def reserve(locker_id: str, size: str) -> dict:
    find(LOCKERS, locker_id)
    until = now() + timedelta(minutes=RESERVATION_MINUTES)
    reservation = {
        "reservation_id": next_id("R"),
        "locker_id": locker_id,
        "size": size,
        "expires_at": until.isoformat(),
    }
    RESERVATIONS[reservation["reservation_id"]] = reservation
    return reservation


def announce(parcel: dict) -> dict:
    find(LOCKERS, parcel["locker_id"])
    stored = {**parcel, "parcel_id": next_id("P"), "state": "announced"}
    PARCELS[stored["parcel_id"]] = stored
    record(stored["parcel_id"], "announced")
    return stored


def issue_code(parcel_id: str) -> dict:
    find(PARCELS, parcel_id)
    record(parcel_id, "code_sent")
    return {
        "channel": "sms",
        "expires_at": (now() + timedelta(hours=CODE_LIFETIME_HOURS)).isoformat(),
    }


def record(parcel_id: str, kind: str) -> None:
    EVENTS.setdefault(parcel_id, []).append({"at": now().isoformat(), "kind": kind})
