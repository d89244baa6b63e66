"""What is known about the program itself: the topics of the help, the formats of its answers, man pages."""
