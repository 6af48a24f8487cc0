"""Lockers and their compartments."""

from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from .. import ledger

router = APIRouter(prefix="/lockers", tags=["lockers"])


class StateChange(BaseModel):
    state: Literal["in_service", "out_of_service"]
    reason: str


@router.get("")
def list_lockers(online: bool | None = None) -> dict:
    lockers = ledger.LOCKERS.values()
    return {"lockers": [it for it in lockers if online is None or it["online"] == online]}


@router.get("/{locker_id}")
def read_locker(locker_id: str) -> dict:
    return _locker(locker_id)


@router.put("/{locker_id}/state")
def change_locker_state(locker_id: str, change: StateChange) -> dict:
    locker = _locker(locker_id)
    locker["state"] = change.state
    return locker


@router.get("/{locker_id}/compartments")
def list_compartments(locker_id: str) -> dict:
    _locker(locker_id)
    return {"compartments": list(ledger.COMPARTMENTS[locker_id].values())}


@router.post("/{locker_id}/compartments/{compartment_id}/open", status_code=202)
def open_compartment(locker_id: str, compartment_id: str) -> dict:
    _locker(locker_id)
    if compartment_id not in ledger.COMPARTMENTS[locker_id]:
        raise HTTPException(404, f"no compartment {compartment_id} in {locker_id}")
    return {"command_id": ledger.next_id("C"), "accepted_at": ledger.now().isoformat()}


def _locker(locker_id: str) -> dict:
    try:
        return ledger.find(ledger.LOCKERS, locker_id)
    except ledger.NotFound:
        raise HTTPException(404, f"no locker {locker_id}") from None
