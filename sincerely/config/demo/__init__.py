"""``make demo``: the whole product on one machine, with people and jobs to look at."""
