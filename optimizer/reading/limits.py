"""The limits of working time (W2 to W6), in minutes, from décret 2000-815 and the lunch of section 6."""

MOST_MINUTES_A_DAY = 600
LONGEST_SPAN = 720
MOST_MINUTES_A_WEEK = 2880
SHORTEST_REST = 660
LONGEST_STRETCH = 360
SHORTEST_BREAK = 20
SHORTEST_LUNCH = 45
