"""What staff work at: worklists, lists that do not count a million rows, actions that preview."""
