-- Open a file for reading.
attach $path as warehouse (read_only)
