package peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A half-day of one person: a fact. Minutes throughout. */
public final class Cell {
    static final int SHORTEST_WRITING = 30;
    static final int TRAVEL_TENTHS = 2;
    static final int POSTING_TENTHS = 20;
    final int index;
    final int person;
    final int profession;
    final int slot;
    final int[][] free;
    final int available;
    /** Sites where the person may be posted, their own first. */
    final int[] posts;
    final int[][] ways;
    final Quota quota;
    private final Map<List<Integer>, int[]> tours = new HashMap<>();

    Cell(int index, int person, int profession, int slot, int[][] free, int[] posts, int[][] ways, Quota quota) {
        this.index = index;
        this.person = person;
        this.profession = profession;
        this.slot = slot;
        this.free = free;
        this.posts = posts;
        this.ways = ways;
        this.quota = quota;
        this.available = Arrays.stream(free).mapToInt(piece -> piece[1] - piece[0]).sum();
        if (quota != null) {
            quota.base += writable(available);
        }
    }

    Quota quota() {
        return quota;
    }

    static int writable(int minutes) {
        return minutes < SHORTEST_WRITING ? 0 : minutes;
    }

    /** What becomes of the half-day with these loads. */
    Use use(List<Load> loads) {
        int total = 0;
        int outside = 0;
        int collective = 0;
        int longest = 0;
        int duty = -1;
        TreeSet<Integer> places = new TreeSet<>();
        List<int[]> dated = new ArrayList<>();
        int over = 0;
        int first = free[free.length - 1][1];
        int last = free[0][0];
        for (Load load : loads) {
            total += load.minutes;
            outside += load.outside;
            collective += load.collective;
            if (load.place >= 0) {
                places.add(load.place);
            }
            if (load.start >= 0) {
                first = Math.min(first, load.start);
                last = Math.max(last, load.end);
            }
            if (load.isDuty) {
                duty = load.place;
            } else if (load.start >= 0) {
                for (int[] other : dated) {
                    over += Math.max(0, Math.min(other[1], load.end) - Math.max(other[0], load.start));
                }
                dated.add(new int[] {load.start, load.end});
            } else {
                longest = Math.max(longest, load.minutes);
            }
        }
        int[] tour = tour(places, duty);
        over += Math.max(0, Math.max(total, outside) + tour[1] - available);
        over += dated.isEmpty() ? 0 : Math.max(0, longest - longestPiece(dated));
        int loss = writable(available) - writable(Math.max(0, available - total - tour[1]));
        int posting = tour[0] == posts[0] ? 0 : POSTING_TENTHS;
        return new Use(this, over, tour[0], tour[1], posting, loss, collective, total, first, last);
    }

    private int longestPiece(List<int[]> dated) {
        dated.sort((one, other) -> Integer.compare(one[0], other[0]));
        int longest = 0;
        for (int[] piece : free) {
            int from = piece[0];
            for (int[] taken : dated) {
                if (taken[0] < piece[1] && taken[1] > piece[0]) {
                    longest = Math.max(longest, taken[0] - from);
                    from = Math.max(from, taken[1]);
                }
            }
            longest = Math.max(longest, piece[1] - from);
        }
        return longest;
    }

    /** The cheapest post and the minutes of the way from there through all places and back. */
    private int[] tour(TreeSet<Integer> places, int duty) {
        if (duty < 0 && (places.isEmpty() || places.size() == 1 && places.first() == posts[0])) {
            return new int[] {posts[0], 0};
        }
        List<Integer> key = new ArrayList<>(places);
        key.add(duty);
        return tours.computeIfAbsent(key, asked -> cheapest(places, duty));
    }

    private int[] cheapest(TreeSet<Integer> places, int duty) {
        int[] best = null;
        int least = Integer.MAX_VALUE;
        for (int post : duty < 0 ? posts : new int[] {duty}) {
            List<Integer> stops = new ArrayList<>(places);
            stops.remove(Integer.valueOf(post));
            int minutes = way(post, post, stops);
            int price = TRAVEL_TENTHS * minutes + (post == posts[0] ? 0 : POSTING_TENTHS);
            if (price < least) {
                least = price;
                best = new int[] {post, minutes};
            }
        }
        return best;
    }

    private int way(int here, int home, List<Integer> stops) {
        if (stops.isEmpty()) {
            return here == home ? 0 : ways[here][home];
        }
        if (stops.size() > 4) {
            return stops.stream().mapToInt(stop -> 2 * ways[home][stop]).sum();
        }
        int shortest = Integer.MAX_VALUE;
        for (Integer stop : stops) {
            List<Integer> others = new ArrayList<>(stops);
            others.remove(stop);
            shortest = Math.min(shortest, ways[here][stop] + way(stop, home, others));
        }
        return shortest;
    }
}
