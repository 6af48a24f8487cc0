"""Parcels, from the announcement to the open door."""

from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from .. import ledger

router = APIRouter(prefix="/parcels", tags=["parcels"])


class Recipient(BaseModel):
    name: str
    phone: str


class Announcement(BaseModel):
    locker_id: str
    size: Literal["S", "M", "L"]
    recipient: Recipient


@router.post("", status_code=201)
def announce_parcel(announcement: Announcement) -> dict:
    try:
        return ledger.announce(announcement.model_dump())
    except ledger.NotFound:
        raise HTTPException(404, f"no locker {announcement.locker_id}") from None


@router.get("/{parcel_id}")
def read_parcel(parcel_id: str) -> dict:
    return _parcel(parcel_id)


@router.delete("/{parcel_id}", status_code=204)
def cancel_parcel(parcel_id: str) -> None:
    parcel = _parcel(parcel_id)
    if parcel["state"] != "announced":
        raise HTTPException(409, f"{parcel_id} is already in a locker")
    parcel["state"] = "cancelled"
    ledger.record(parcel_id, "cancelled")


@router.get("/{parcel_id}/events")
def list_parcel_events(parcel_id: str) -> dict:
    _parcel(parcel_id)
    return {"events": ledger.EVENTS[parcel_id]}


@router.post("/{parcel_id}/codes", status_code=202)
def send_pickup_code(parcel_id: str) -> dict:
    _parcel(parcel_id)
    return ledger.issue_code(parcel_id)


def _parcel(parcel_id: str) -> dict:
    try:
        return ledger.find(ledger.PARCELS, parcel_id)
    except ledger.NotFound:
        raise HTTPException(404, f"no parcel {parcel_id}") from None
