"""What people type: at the doors."""
