"""What people take away: the report page of a day, and exports of the published file."""
