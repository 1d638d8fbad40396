"""Working together on common problems: from «my problem» to «our problem», and a way to solve it."""
