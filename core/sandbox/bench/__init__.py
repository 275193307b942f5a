"""`make bench`: the portal's speed as shares of what this machine does bare, in the same run."""
