package peer;

import static ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore.ONE_HARD;
import static ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore.ONE_MEDIUM;
import static ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore.ONE_SOFT;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toList;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;
import static ai.timefold.solver.core.api.score.stream.Joiners.filtering;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hard: what never bends, in minutes. Medium and soft: levels 1 and 2 of the judge, in tenths of a point. */
public class Rules implements ConstraintProvider {
    static final int BROKEN = 120;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        UniConstraintStream<Use> uses = factory.forEach(Item.class)
                .flattenLast(Item::loads)
                .groupBy(Load::cell, toList())
                .map(Cell::use);
        return new Constraint[] {
            uses.filter(use -> use.over() > 0).penalize(ONE_HARD, Use::over).asConstraint("time of half-days"),
            uses.filter(use -> use.travel() + use.posting() > 0)
                    .penalize(ONE_SOFT, use -> Cell.TRAVEL_TENTHS * use.travel() + use.posting())
                    .asConstraint("travel and posting"),
            uses.filter(use -> use.cell().quota != null)
                    .groupBy(use -> use.cell().quota, sum(Use::loss), sum(Use::collective))
                    .penalize(ONE_MEDIUM, Quota::shortfall)
                    .asConstraint("writing and collective time"),
            uses.groupBy(Use::day, toList())
                    .penalize(ONE_HARD, (day, halves) -> Use.missingAtNoon(halves))
                    .asConstraint("lunch and change of post"),
            rooms(factory),
            order(factory),
            pairs(factory),
            factory.forEach(Item.class)
                    .penalize(ONE_MEDIUM, item -> item.getOption().commitments)
                    .asConstraint("delay"),
            factory.forEach(Item.class)
                    .penalize(ONE_SOFT, item -> item.getOption().preferences)
                    .asConstraint("who"),
            factory.forEachIncludingUnassigned(Item.class)
                    .filter(item -> item.getOption() == null)
                    .penalize(ONE_MEDIUM, item -> item.unplaced)
                    .asConstraint("unplaced"),
            factory.forEachIncludingUnassigned(Item.class)
                    .filter(item -> item.queue != null && item.getOption() == null)
                    .groupBy(item -> item.queue, sum(item -> item.minutes))
                    .penalize(ONE_MEDIUM, Item.Queue::price)
                    .asConstraint("queue"),
        };
    }

    private Constraint rooms(ConstraintFactory factory) {
        return factory.forEach(Item.class)
                .filter(item -> item.getOption().room != null)
                .groupBy(item -> item.getOption().room, sum(item -> item.minutes))
                .filter((room, minutes) -> minutes > room.minutes)
                .penalize(ONE_HARD, (room, minutes) -> minutes - room.minutes)
                .asConstraint("rooms");
    }

    private Constraint order(ConstraintFactory factory) {
        return factory.forEach(Item.class)
                .filter(item -> item.rank > 0)
                .join(
                        factory.forEachIncludingUnassigned(Item.class).filter(item -> item.rank >= 0),
                        equal(item -> item.household),
                        filtering((after, before) -> before.rank < after.rank && !isBefore(before, after)))
                .penalize(ONE_HARD, (after, before) -> BROKEN)
                .asConstraint("order of an evaluation");
    }

    private static boolean isBefore(Item before, Item after) {
        return before.getOption() != null && before.getOption().last <= after.getOption().first;
    }

    private Constraint pairs(ConstraintFactory factory) {
        return factory.forEach(Item.class)
                .filter(item -> item.household >= 0)
                .groupBy(item -> item.household, toList())
                .penalize(ONE_HARD, (household, items) -> BROKEN * strangers(items))
                .asConstraint("one pair of two professions");
    }

    private static int strangers(List<Item> items) {
        Set<Integer> people = new HashSet<>();
        Set<Integer> professions = new HashSet<>();
        for (Item item : items) {
            for (Load load : item.loads()) {
                people.add(load.cell.person);
                professions.add(load.cell.profession);
            }
        }
        return Math.max(0, people.size() - 2) + people.size() - professions.size();
    }
}
