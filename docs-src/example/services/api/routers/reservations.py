"""Compartments that a courier holds for a short while."""

from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from .. import ledger

router = APIRouter(prefix="/reservations", tags=["reservations"])


class Wish(BaseModel):
    locker_id: str
    size: Literal["S", "M", "L"]


@router.post("", status_code=201)
def reserve_compartment(wish: Wish) -> dict:
    try:
        return ledger.reserve(wish.locker_id, wish.size)
    except ledger.NotFound:
        raise HTTPException(404, f"no locker {wish.locker_id}") from None


@router.delete("/{reservation_id}", status_code=204)
def release_reservation(reservation_id: str) -> None:
    if ledger.RESERVATIONS.pop(reservation_id, None) is None:
        raise HTTPException(404, f"no reservation {reservation_id}")
