"""What is planned on the ground: contacts of ground stations, opportunities to launch."""
