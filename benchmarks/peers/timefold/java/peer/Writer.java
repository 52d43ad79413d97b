package peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans as JSON: for each team the option of each item (-1 for none) and the half-days in use. */
final class Writer {
    private Writer() {}

    static String plan(List<Team> teams) {
        return "[" + teams.stream().map(Writer::team).collect(Collectors.joining(",")) + "]";
    }

    private static String team(Team team) {
        Map<Cell, List<Load>> loads = new LinkedHashMap<>();
        List<String> chosen = new ArrayList<>();
        for (Item item : team.getItems()) {
            chosen.add(item.getOption() == null ? "-1" : String.valueOf(item.getOption().index));
            if (item.getOption() != null) {
                item.loads().forEach(load -> loads.computeIfAbsent(load.cell, cell -> new ArrayList<>()).add(load));
            }
        }
        String uses = loads.entrySet().stream()
                .map(entry -> entry.getKey().use(entry.getValue()))
                .map(use -> "[" + use.cell().index + "," + use.post() + "," + (use.total() + use.travel()) + "]")
                .collect(Collectors.joining(","));
        return "{\"chosen\":[" + String.join(",", chosen) + "],\"uses\":[" + uses + "]}";
    }
}
