"""Jobs: what may be asked, the process that does one, and the runner that has them done."""
