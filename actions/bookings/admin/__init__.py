"""Services, people, opening hours and closures in the admin site; bookings stand in the staff's calendar."""

from actions.bookings.admin import closures, hours, people, services

__all__ = ["closures", "hours", "people", "services"]
