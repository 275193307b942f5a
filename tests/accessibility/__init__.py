"""Every page is judged, cheaply and always; what only a browser sees is judged by tests/e2e."""
