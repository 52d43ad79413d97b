package peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads JSON of objects, arrays, whole numbers and strings without escapes: what the caller writes. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        return new Json(text).value();
    }

    private Object value() {
        char next = next();
        if (next == '{') {
            return object();
        }
        if (next == '[') {
            return array();
        }
        return next == '"' ? string() : number();
    }

    private Map<String, Object> object() {
        Map<String, Object> found = new TreeMap<>();
        at++;
        while (next() != '}') {
            String key = string();
            next();
            at++;
            found.put(key, value());
            skipComma();
        }
        at++;
        return found;
    }

    private List<Object> array() {
        List<Object> found = new ArrayList<>();
        at++;
        while (next() != ']') {
            found.add(value());
            skipComma();
        }
        at++;
        return found;
    }

    private String string() {
        next();
        int end = text.indexOf('"', at + 1);
        String found = text.substring(at + 1, end);
        at = end + 1;
        return found;
    }

    private Integer number() {
        int end = at + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        Integer found = Integer.valueOf(text.substring(at, end));
        at = end;
        return found;
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private void skipComma() {
        if (next() == ',') {
            at++;
        }
    }
}
