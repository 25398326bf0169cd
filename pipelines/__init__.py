"""How the assets run: definitions, jobs, schedules, sensors, resources and the command line."""
