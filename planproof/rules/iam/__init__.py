"""Who may do what: permissions, trust, and the paths from one to more."""
