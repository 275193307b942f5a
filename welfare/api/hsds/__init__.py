"""The welfare facilities in the Human Services Data Specification 3.0 of Open Referral."""
