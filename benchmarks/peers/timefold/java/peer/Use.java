package peer;

import java.util.List;

/**
 * A half-day with what it holds: minutes too many, its post, minutes of travel and tenths of posting, writing time lost,
 * collective time, minutes taken. `first` and `last` are where what has clock times begins and ends.
 */
public record Use(
        Cell cell, int over, int post, int travel, int posting, int loss, int collective, int total, int first, int last) {
    static final int LUNCH = 45;

    int day() {
        return cell.person * 1000 + cell.slot / 2;
    }

    /** Minutes of lunch and of the change of post that a day has no time for. */
    static int missingAtNoon(List<Use> day) {
        if (day.size() < 2) {
            return 0;
        }
        Use morning = day.get(day.get(0).cell.slot % 2);
        Use afternoon = day.get(1 - day.get(0).cell.slot % 2);
        int end = morning.cell.free[morning.cell.free.length - 1][1];
        int start = afternoon.cell.free[0][0];
        int missing = LUNCH + morning.cell.ways[morning.post][afternoon.post] - (start - end);
        int spare = Math.min(Math.max(0, morning.spare()), end - morning.last)
                + Math.min(Math.max(0, afternoon.spare()), afternoon.first - start);
        return Math.max(0, missing - spare);
    }

    private int spare() {
        return cell.available - total - travel;
    }
}
