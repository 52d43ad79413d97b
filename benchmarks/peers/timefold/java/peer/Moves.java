package peer;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractSimplifiedMove;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Moves of several items at once: one goes in and pushes out what no longer fits, which goes elsewhere if it can; two
 * exchange their half-days; an evaluation goes to another pair.
 */
public class Moves implements MoveIteratorFactory<Team, Moves.Reassign> {
    static final int TRIES = 12;

    /** Items with their new options, null for none. */
    public static final class Reassign extends AbstractSimplifiedMove<Team> {
        private final Map<Item, Option> changes;

        Reassign(Map<Item, Option> changes) {
            this.changes = changes;
        }

        @Override
        public boolean isMoveDoable(ScoreDirector<Team> director) {
            return changes.entrySet().stream().anyMatch(change -> change.getKey().getOption() != change.getValue());
        }

        @Override
        protected void doMoveOnGenuineVariables(ScoreDirector<Team> director) {
            changes.forEach((item, option) -> {
                director.beforeVariableChanged(item, "option");
                item.setOption(option);
                director.afterVariableChanged(item, "option");
            });
        }

        @Override
        public Collection<?> getPlanningEntities() {
            return changes.keySet();
        }

        @Override
        public Collection<?> getPlanningValues() {
            return changes.values();
        }
    }

    @Override
    public long getSize(ScoreDirector<Team> director) {
        return director.getWorkingSolution().getItems().size() * 60L;
    }

    @Override
    public Iterator<Reassign> createOriginalMoveIterator(ScoreDirector<Team> director) {
        throw new UnsupportedOperationException("random selection only");
    }

    @Override
    public Iterator<Reassign> createRandomMoveIterator(ScoreDirector<Team> director, Random random) {
        List<Item> items = director.getWorkingSolution().getItems();
        Map<Integer, List<Item>> households = new TreeMap<>();
        for (Item item : items) {
            if (item.household >= 0) {
                households.computeIfAbsent(item.household, key -> new ArrayList<>()).add(item);
            }
        }
        List<List<Item>> evaluations = new ArrayList<>(households.values());
        evaluations.forEach(acts -> acts.sort(Comparator.comparingInt(item -> item.rank)));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Reassign next() {
                int kind = random.nextInt(10);
                if (kind < 3 && !evaluations.isEmpty()) {
                    return evaluate(items, evaluations.get(random.nextInt(evaluations.size())), random);
                }
                return kind < 6 ? exchange(items, random) : eject(items, random);
            }
        };
    }

    private static Reassign eject(List<Item> items, Random random) {
        Item in = items.get(random.nextInt(items.size()));
        for (int k = 0; k < 3 && in.getOption() != null; k++) {
            in = items.get(random.nextInt(items.size()));
        }
        Option to = in.options.get(random.nextInt(in.options.size()));
        Map<Item, Option> changes = new LinkedHashMap<>();
        changes.put(in, to);
        Map<Cell, Integer> used = used(items, changes.keySet());
        for (Load load : to.loads) {
            int over = used.getOrDefault(load.cell, 0) + load.minutes - load.cell.available;
            int from = random.nextInt(items.size());
            for (int k = 0; over > 0 && k < items.size(); k++) {
                Item out = items.get((from + k) % items.size());
                int minutes = changes.containsKey(out) ? 0 : minutesIn(out, load.cell);
                if (minutes > 0) {
                    changes.put(out, null);
                    over -= minutes;
                }
            }
        }
        used = used(items, changes.keySet());
        take(used, to);
        for (Item out : changes.keySet()) {
            if (out != in) {
                changes.put(out, somewhere(out, used, random));
            }
        }
        return new Reassign(changes);
    }

    private static Option somewhere(Item item, Map<Cell, Integer> used, Random random) {
        Option best = null;
        for (int k = 0; k < TRIES; k++) {
            Option one = item.options.get(random.nextInt(item.options.size()));
            if (fits(one, used) && (best == null || price(one) < price(best))) {
                best = one;
            }
        }
        if (best != null) {
            take(used, best);
        }
        return best;
    }

    private static Reassign exchange(List<Item> items, Random random) {
        for (int k = 0; k < TRIES; k++) {
            Item one = items.get(random.nextInt(items.size()));
            Item other = items.get(random.nextInt(items.size()));
            if (one == other || one.getOption() == null || other.getOption() == null) {
                continue;
            }
            Option mine = one.like(other.getOption());
            Option theirs = other.like(one.getOption());
            if (mine != null && theirs != null) {
                return new Reassign(Map.of(one, mine, other, theirs));
            }
        }
        return eject(items, random);
    }

    private static Reassign evaluate(List<Item> items, List<Item> acts, Random random) {
        Set<Integer> pair = new HashSet<>();
        for (int k = 0; k < TRIES && pair.size() < 2; k++) {
            Item act = acts.get(random.nextInt(acts.size()));
            pair.clear();
            act.options.get(random.nextInt(act.options.size())).loads.forEach(load -> pair.add(load.cell.person));
        }
        Map<Cell, Integer> used = used(items, acts);
        Map<Item, Option> changes = new LinkedHashMap<>();
        int from = 0;
        int rank = 0;
        int last = 0;
        for (Item act : acts) {
            if (act.rank > rank) {
                rank = act.rank;
                from = last;
            }
            Option to = null;
            for (int k = 0; from < Integer.MAX_VALUE && k < 8 * TRIES; k++) {
                Option one = act.options.get(random.nextInt(act.options.size()));
                boolean isTheirs = one.first >= from && one.loads.stream().allMatch(load -> pair.contains(load.cell.person));
                if (isTheirs && fits(one, used) && (to == null || price(one) < price(to))) {
                    to = one;
                }
            }
            changes.put(act, to);
            if (to != null) {
                take(used, to);
            }
            last = to == null ? Integer.MAX_VALUE : Math.max(last, to.last);
        }
        return new Reassign(changes);
    }

    private static Map<Cell, Integer> used(List<Item> items, Collection<Item> without) {
        Map<Cell, Integer> used = new HashMap<>();
        for (Item item : items) {
            if (item.getOption() != null && !without.contains(item)) {
                take(used, item.getOption());
            }
        }
        return used;
    }

    private static void take(Map<Cell, Integer> used, Option option) {
        option.loads.forEach(load -> used.merge(load.cell, load.minutes, Integer::sum));
    }

    private static boolean fits(Option option, Map<Cell, Integer> used) {
        return option.loads.stream()
                .allMatch(load -> used.getOrDefault(load.cell, 0) + load.minutes <= load.cell.available);
    }

    private static long price(Option option) {
        return 1000L * option.commitments + option.preferences;
    }

    private static int minutesIn(Item item, Cell cell) {
        if (item.getOption() == null) {
            return 0;
        }
        return item.loads().stream().filter(load -> load.cell == cell).mapToInt(load -> load.minutes).sum();
    }
}
