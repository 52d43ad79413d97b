package peer;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore;
import ai.timefold.solver.core.api.solver.SolverConfigOverride;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.api.solver.SolverJob;
import ai.timefold.solver.core.api.solver.SolverManager;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicType;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.RuinRecreateMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchType;
import ai.timefold.solver.core.config.phase.PhaseConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.PreviewFeature;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.SolverManagerConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plans the teams of a file, some at a time: a first plan of each (first fit decreasing), then local search, each for its
 * share of the time. Usage: peer.Main FOLDER SECONDS SOLVERS SEARCH MOVES, where SEARCH is a local search of the solver
 * and MOVES those used beside changes: none, own, ruin or both. FOLDER has teams.json; plan-0.json, the first plan,
 * and plan-1.json, the last, are written there.
 */
public final class Main {
    private static final long STARTED = System.nanoTime();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<Team> teams = Reader.teams(Json.read(Files.readString(folder.resolve("teams.json"))));
        double limit = Double.parseDouble(arguments[1]);
        int solvers = Integer.parseInt(arguments[2]);
        List<PhaseConfig> phases = new ArrayList<>();
        phases.add(new ConstructionHeuristicPhaseConfig()
                .withConstructionHeuristicType(ConstructionHeuristicType.FIRST_FIT_DECREASING));
        teams = solved(teams, phases, solvers, limit);
        write(folder, "plan-0.json", teams);
        phases.add(localSearch(LocalSearchType.valueOf(arguments[3]), arguments[4]));
        teams = solved(teams, phases, solvers, limit - seconds());
        write(folder, "plan-1.json", teams);
    }

    /** Writes the plan of all teams at once: whoever waits for the file finds it whole. */
    private static void write(Path folder, String name, List<Team> teams) throws IOException {
        Path unfinished = Files.writeString(folder.resolve("unfinished"), Writer.plan(teams));
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static double seconds() {
        return (System.nanoTime() - STARTED) / 1e9;
    }

    /** The teams planned within some seconds, the largest first. */
    private static List<Team> solved(List<Team> teams, List<PhaseConfig> phases, int solvers, double seconds)
            throws Exception {
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Team.class)
                .withEntityClasses(Item.class)
                .withConstraintProviderClass(Rules.class)
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withPreviewFeature(PreviewFeature.DIVERSIFIED_LATE_ACCEPTANCE)
                .withRandomSeed(0L)
                .withTerminationConfig(new TerminationConfig().withBestScoreLimit("0hard/0medium/0soft"))
                .withPhaseList(phases);
        Map<Integer, Team> found = new TreeMap<>();
        teams.forEach(team -> found.put(team.number, team));
        List<Team> largestFirst = new ArrayList<>(teams);
        largestFirst.removeIf(team -> team.getItems().isEmpty());
        largestFirst.sort(Comparator.comparingInt(team -> -team.getItems().size()));
        double sizes = teams.stream().mapToInt(team -> team.getItems().size()).sum();
        try (SolverManager<Team, Integer> manager = SolverManager.create(
                SolverFactory.create(config), new SolverManagerConfig().withParallelSolverCount(String.valueOf(solvers)))) {
            List<SolverJob<Team, Integer>> jobs = new ArrayList<>();
            double left = solvers * seconds;
            for (Team team : largestFirst) {
                double share = Math.min(seconds, left * team.getItems().size() / Math.max(1, sizes));
                left -= share;
                sizes -= team.getItems().size();
                TerminationConfig limit = new TerminationConfig()
                        .withSpentLimit(Duration.ofMillis((long) (1000 * Math.max(0.1, share))))
                        .withBestScoreLimit("0hard/0medium/0soft");
                jobs.add(manager.solveBuilder()
                        .withProblemId(team.number)
                        .withProblem(team)
                        .withConfigOverride(new SolverConfigOverride<Team>().withTerminationConfig(limit))
                        .run());
            }
            for (SolverJob<Team, Integer> job : jobs) {
                Team team = job.getFinalBestSolution();
                found.put(team.number, team);
                HardMediumSoftScore score = team.getScore();
                long moves = job.getMoveEvaluationCount();
                System.err.printf("%.1f s, team %d: %s, %d moves%n", seconds(), team.number, score, moves);
            }
        }
        return new ArrayList<>(found.values());
    }

    private static LocalSearchPhaseConfig localSearch(LocalSearchType type, String beside) {
        List<MoveSelectorConfig> moves = new ArrayList<>();
        moves.add(new ChangeMoveSelectorConfig());
        if (Set.of("own", "both").contains(beside)) {
            moves.add(new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Moves.class));
        }
        moves.forEach(move -> move.setFixedProbabilityWeight(1.0));
        if (Set.of("ruin", "both").contains(beside)) {
            RuinRecreateMoveSelectorConfig ruin =
                    new RuinRecreateMoveSelectorConfig().withMinimumRuinedCount(2).withMaximumRuinedCount(6);
            ruin.setFixedProbabilityWeight(0.02);
            moves.add(ruin);
        }
        return new LocalSearchPhaseConfig()
                .withLocalSearchType(type)
                .withMoveSelectorConfig(new UnionMoveSelectorConfig(moves));
    }
}
