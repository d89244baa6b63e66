"""Live sources: which service is asked for what, how often, and what is kept of the responses.

    registry ─> rate_limit ─> refresh ─> client ─> providers/{celestrak, tle_api, cmsa, launch_library, people_in_space}
                    │            │
            storage/store <──────┴── plausibility, disputes
                 (the cache folder; all that a start reads)

Only `refresh`, `client` and `http_exchange` load the network libraries, and only when a request is really sent.
`storage`, `rate_limit` and `registry` are light enough to be loaded before the first picture.
"""
