"""The closed history: what happened between two published element sets, and the station's place meanwhile.

    mean_theory ─> mean_orbit ─> drag, interpolation ─> close ─> gap_error ─> gap ─> interpolation_table, burns

`close` decides what a gap was (drag alone, a burn, a campaign of burns); `interpolation` follows the mean orbit
through it, `gap_error` and `altitude_error` say how far off place and size may be, and `gap` and `interpolation_table`
give states at one and many instants.
"""
