package peer;

import java.util.List;

/** Who could do an item and in which half-days, with its prices in tenths at both levels. */
public final class Option {
    final int index;
    final List<Load> loads;
    final Room room;
    final int commitments;
    final int preferences;
    final int first;
    final int last;

    Option(int index, List<Load> loads, Room room, int commitments, int preferences) {
        this.index = index;
        this.loads = loads;
        this.room = room;
        this.commitments = commitments;
        this.preferences = preferences;
        this.first = loads.stream().mapToInt(load -> load.cell.slot).min().orElse(0);
        this.last = loads.stream().mapToInt(load -> load.cell.slot).max().orElse(0);
    }

    /** The half-days taken, as one number for each set of them. */
    long key() {
        return loads.stream()
                .mapToLong(load -> load.cell.person * 1000L + load.cell.slot)
                .reduce(7, (before, one) -> before * 1_000_003 + one);
    }

    /** The rooms of a kind of a site in a half-day: minutes they are open, all together. */
    public static final class Room {
        final int minutes;

        Room(int minutes) {
            this.minutes = minutes;
        }
    }
}
