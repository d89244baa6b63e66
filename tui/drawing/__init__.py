"""Drawing in cells: styled text, canvases, charts, colours, themes."""
