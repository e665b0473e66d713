"""Who may contact whom, when, how and how often: pure rules, without Django, clock or I/O."""
