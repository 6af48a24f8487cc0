"""The parcel API: couriers, the pickup app and the support desk talk to it."""

from fastapi import APIRouter, FastAPI

from .routers import lockers, parcels, reservations
from .settings import API_PREFIX

app = FastAPI(title="Cobblepost parcel API", version="1.4.0")

status = APIRouter(tags=["status"])


@status.get("/status")
def read_status() -> dict[str, str]:
    """Answers without touching the ledger, so that a load balancer may ask every second."""
    return {"status": "ok", "version": app.version}


app.include_router(status, prefix=API_PREFIX)
app.include_router(lockers.router, prefix=API_PREFIX)
app.include_router(parcels.router, prefix=API_PREFIX)
app.include_router(reservations.router, prefix=API_PREFIX)
