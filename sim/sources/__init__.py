"""Live sources: what is asked of which service, when, and what is kept of the answers.

    catalogue ─> manners ─> refresh ─> http ─> celestrak, tle_api, cmsa, launch_library, people
                    │          │
                    └─ store <─┘        (the cache folder; all that a start needs to read)

Only `refresh` and `http` load the network libraries, and only when a refresh really begins. `store`, `manners` and
`catalogue` are light enough for the first frame.
"""
