package peer;

/** What one option of one item takes of a half-day; `start` is -1 when it has no clock time. */
public final class Load {
    final Cell cell;
    final int minutes;
    /** The minutes that may not lie inside a reception duty. */
    final int outside;
    final int collective;
    final int place;
    final int start;
    final int end;
    final boolean isDuty;

    Load(Cell cell, int minutes, int outside, int collective, int place, int start, int end, boolean isDuty) {
        this.cell = cell;
        this.minutes = minutes;
        this.outside = outside;
        this.collective = collective;
        this.place = place;
        this.start = start;
        this.end = end;
        this.isDuty = isDuty;
    }

    Cell cell() {
        return cell;
    }
}
