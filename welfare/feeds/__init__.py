"""The upstreams of the welfare area: payload to frozen records, and no framework."""
