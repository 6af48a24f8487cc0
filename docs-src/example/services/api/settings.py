"""Values that the whole parcel API shares."""

API_PREFIX = "/v1"
CODE_LIFETIME_HOURS = 48
RESERVATION_MINUTES = 90
