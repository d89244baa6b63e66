"""The services, one module each: the addresses of their data and how a response is parsed."""
