package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Something to be held: a mission, an action, a seat, a duty, an urgency hour, a person's attendance. */
@PlanningEntity(difficultyComparatorClass = Item.Harder.class)
public class Item {
    int id;
    int minutes;
    /** Tenths at level 1 when it has no option. */
    int unplaced;
    /** The evaluated household, -1 for none; its acts come in order of rank, -1 is in no order. */
    int household = -1;
    int rank = -1;
    /** Where the item waits when it has no option: the queue of requests. */
    Queue queue;
    List<Option> options;
    private Map<Long, Option> byKey;
    private Option option;

    /** Needed by the solver to copy plans. */
    public Item() {}

    @PlanningId
    public Integer getId() {
        return id;
    }

    @ValueRangeProvider(id = "options")
    public List<Option> getOptions() {
        return options;
    }

    @PlanningVariable(valueRangeProviderRefs = "options", allowsUnassigned = true)
    public Option getOption() {
        return option;
    }

    public void setOption(Option option) {
        this.option = option;
    }

    List<Load> loads() {
        return option.loads;
    }

    /** The option of this item with the half-days of another's, null when there is none. */
    Option like(Option other) {
        return byKey.get(other.key());
    }

    void index() {
        byKey = new HashMap<>();
        for (Option one : options) {
            byKey.put(one.key(), one);
        }
    }

    /** Minutes queued, which cost more the more there are. */
    public static final class Queue {
        final int minutesADay;
        final int tenthsADay;

        Queue(int minutesADay, int tenthsADay) {
            this.minutesADay = minutesADay;
            this.tenthsADay = tenthsADay;
        }

        /** What requests of an hour pay for the days that those before them take: tenths. */
        int price(int minutes) {
            return (int) ((long) tenthsADay * minutes * minutes / (120L * minutesADay));
        }
    }

    /** Dearest a minute first; an evaluation in its order; then the fewest options. */
    public static final class Harder implements Comparator<Item> {
        @Override
        public int compare(Item one, Item other) {
            return Comparator.<Item>comparingInt(item -> item.rank < 0 ? 0 : -item.rank)
                    .thenComparingDouble(item -> item.unplaced / (double) Math.max(1, item.minutes))
                    .thenComparingInt(item -> -item.options.size())
                    .compare(one, other);
        }
    }
}
