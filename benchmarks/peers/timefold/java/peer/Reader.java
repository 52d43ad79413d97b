package peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Teams from the JSON that the caller writes (see the Python module beside this folder). */
final class Reader {
    private Reader() {}

    static List<Team> teams(Object json) {
        List<Team> found = new ArrayList<>();
        for (Object row : list(json)) {
            Team team = team(fields(row));
            team.number = found.size();
            found.add(team);
        }
        return found;
    }

    private static Team team(Map<String, Object> fields) {
        List<Quota> quotas = new ArrayList<>();
        for (Object row : list(fields.get("quotas"))) {
            int[] q = ints(row);
            quotas.add(new Quota(q[0], q[1], q[2], q[3]));
        }
        int[][] ways = table(fields.get("ways"));
        List<Cell> cells = new ArrayList<>();
        for (Object row : list(fields.get("cells"))) {
            Map<String, Object> c = fields(row);
            int quota = number(c, "quota");
            Quota own = quota < 0 ? null : quotas.get(quota);
            int[][] free = table(c.get("free"));
            int[] posts = ints(c.get("posts"));
            int person = number(c, "person");
            cells.add(new Cell(cells.size(), person, number(c, "profession"), number(c, "slot"), free, posts, ways, own));
        }
        List<Option.Room> rooms = new ArrayList<>();
        for (int minutes : ints(fields.get("rooms"))) {
            rooms.add(new Option.Room(minutes));
        }
        int[] q = ints(fields.get("queue"));
        Item.Queue queue = new Item.Queue(q[0], q[1]);
        List<Item> items = new ArrayList<>();
        for (Object row : list(fields.get("items"))) {
            items.add(item(fields(row), items.size(), cells, rooms, queue));
        }
        Team team = new Team();
        team.setItems(items);
        return team;
    }

    private static Item item(
            Map<String, Object> fields, int id, List<Cell> cells, List<Option.Room> rooms, Item.Queue queue) {
        Item item = new Item();
        item.id = id;
        item.minutes = number(fields, "minutes");
        item.unplaced = number(fields, "unplaced");
        item.household = number(fields, "household");
        item.rank = number(fields, "rank");
        item.queue = number(fields, "queued") > 0 ? queue : null;
        boolean isDuty = number(fields, "duty") > 0;
        boolean isInside = number(fields, "inside") > 0;
        boolean isCollective = number(fields, "collective") > 0;
        int place = number(fields, "place");
        item.options = new ArrayList<>();
        for (Object row : list(fields.get("options"))) {
            int[] o = ints(row);
            List<Load> loads = new ArrayList<>();
            for (int k = 3; k < o.length; k += 4) {
                int minutes = isDuty ? (o[k + 1] + 9) / 10 * 5 : o[k + 1];
                int outside = isInside ? 0 : o[k + 1];
                int collective = isCollective ? o[k + 1] : 0;
                loads.add(new Load(cells.get(o[k]), minutes, outside, collective, place, o[k + 2], o[k + 3], isDuty));
            }
            item.options.add(new Option(item.options.size(), loads, o[2] < 0 ? null : rooms.get(o[2]), o[0], o[1]));
        }
        item.index();
        return item;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object json) {
        return (List<Object>) json;
    }

    private static int number(Map<String, Object> fields, String name) {
        return (Integer) fields.get(name);
    }

    private static int[] ints(Object json) {
        return list(json).stream().mapToInt(Integer.class::cast).toArray();
    }

    private static int[][] table(Object json) {
        return list(json).stream().map(Reader::ints).toArray(int[][]::new);
    }
}
