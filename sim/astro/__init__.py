"""The sky and the frames: Earth orientation, Sun, Moon, stars, shadow and brightness. Knows no orbit."""
