"""How the API answers: its short way through the portal, its limits, its envelope, its errors."""
