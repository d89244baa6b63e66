"""The orbit written for other programs: element sets as TLE and OMM, states as OEM."""

FORMS = ("tle", "omm", "omm-json", "omm-kvn", "oem", "oem-xml")
"""OMM is XML and OEM is KVN, as they are mostly exchanged."""

FRAMES = ("GCRF", "EME2000", "TEME", "ITRF")
"""Of OEM. EME2000 holds the numbers of GCRF, as in most ephemerides: the bias of both is 0.02 arcseconds, 0.7 m."""

MOST_STATES = 100_000
