"""The services that are asked, one module each: where their data are and how an answer is read."""
