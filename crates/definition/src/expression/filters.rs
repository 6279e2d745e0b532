//! Filters and tests.

use super::ExpressionKind::{Filter, Test};
use super::{ExpressionEntry, entry};

const fn filter(parts: [&'static str; 6], aliases: &'static [&'static str]) -> ExpressionEntry {
    entry(Filter, parts, aliases)
}

const fn test(parts: [&'static str; 6], aliases: &'static [&'static str]) -> ExpressionEntry {
    entry(Test, parts, aliases)
}

pub(super) const FILTERS: &[ExpressionEntry] = &[
    filter(
        [
            "default",
            "values",
            "value | default(other)",
            "Another value where there is none; with `true` as second argument also for empty ones.",
            "record.missing | default('none')",
            "none",
        ],
        &["d"],
    ),
    filter(
        [
            "int",
            "numbers",
            "value | int(default=0)",
            "A whole number; the default where the text is none.",
            "'12' | int + 1",
            "13",
        ],
        &[],
    ),
    filter(
        [
            "float",
            "numbers",
            "value | float(default=0.0)",
            "A number; the default where the text is none.",
            "record.price | float",
            "12.5",
        ],
        &[],
    ),
    filter(["round", "numbers", "value | round(digits=0)", "Rounded.", "2.345 | round(1)", "2.3"], &[]),
    filter(["abs", "numbers", "value | abs", "Without its sign.", "-5 | abs", "5"], &[]),
    filter(["sum", "numbers", "list | sum", "The sum of a list.", "[1, 2, 3] | sum", "6"], &[]),
    filter(["bool", "values", "value | bool", "Whether the value counts as true.", "'' | bool", "false"], &[]),
    filter(["lower", "text", "value | lower", "In lower case.", "'ABC' | lower", "abc"], &[]),
    filter(["upper", "text", "value | upper", "In upper case.", "'abc' | upper", "ABC"], &[]),
    filter(
        [
            "title",
            "text",
            "value | title",
            "Each word with a capital letter.",
            "'ada lovelace' | title",
            "Ada Lovelace",
        ],
        &[],
    ),
    filter(
        [
            "capitalize",
            "text",
            "value | capitalize",
            "The first letter as a capital, the others small.",
            "'ADA' | capitalize",
            "Ada",
        ],
        &[],
    ),
    filter(["trim", "text", "value | trim", "Without white space around it.", "' a ' | trim", "a"], &[]),
    filter(
        [
            "replace",
            "text",
            "value | replace(old, new)",
            "With one text in the place of another.",
            "'a-b' | replace('-', '_')",
            "a_b",
        ],
        &[],
    ),
    filter(
        [
            "split",
            "text",
            "value | split(separator)",
            "The parts of a text.",
            "'a,b' | split(',') | list",
            "[\"a\",\"b\"]",
        ],
        &[],
    ),
    filter(["lines", "text", "value | lines", "The lines of a text.", "'a\\nb' | lines", "[\"a\",\"b\"]"], &[]),
    filter(
        ["indent", "text", "value | indent(width)", "With lines moved to the right.", "'a\\nb' | indent(1)", "a\n b"],
        &[],
    ),
    filter(
        [
            "format",
            "text",
            "text | format(values…)",
            "Puts values into a text with `%s`, `%d`, `%.2f`.",
            "'%s-%d' | format('a', 1)",
            "a-1",
        ],
        &[],
    ),
    filter(
        [
            "urlencode",
            "encodings",
            "value | urlencode",
            "Percent-encoded; an object as a query.",
            "{'q': 'a b'} | urlencode",
            "q=a%20b",
        ],
        &[],
    ),
    filter(["tojson", "encodings", "value | tojson", "As JSON text.", "{'a': [1]} | tojson", "{\"a\": [1]}"], &[]),
    filter(
        ["escape", "encodings", "value | escape", "With the signs of HTML escaped.", "'<a>' | escape", "&lt;a&gt;"],
        &["e"],
    ),
    filter(
        ["safe", "encodings", "value | safe", "The text as it is. Nothing is escaped anyway.", "'<' | safe", "<"],
        &[],
    ),
    filter(
        ["length", "lists", "value | length", "How many characters, items or members.", "record.tags | length", "2"],
        &["count"],
    ),
    filter(["first", "lists", "list | first", "The first item.", "record.tags | first", "red"], &[]),
    filter(["last", "lists", "list | last", "The last item.", "record.tags | last", "blue"], &[]),
    filter(
        [
            "join",
            "lists",
            "list | join(separator, attribute=)",
            "The items as one text.",
            "record.tags | join(', ')",
            "red, blue",
        ],
        &[],
    ),
    filter(
        [
            "list",
            "lists",
            "value | list",
            "As a list: the characters, the items, the names of the members.",
            "'ab' | list",
            "[\"a\",\"b\"]",
        ],
        &[],
    ),
    filter(["sort", "lists", "list | sort(attribute=, reverse=false)", "Sorted.", "[3, 1, 2] | sort", "[1,2,3]"], &[]),
    filter(["reverse", "lists", "value | reverse", "Back to front.", "[1, 2] | reverse", "[2,1]"], &[]),
    filter(["unique", "lists", "list | unique", "Each item once.", "[1, 1, 2] | unique", "[1,2]"], &[]),
    filter(["min", "lists", "list | min", "The smallest item.", "[3, 1] | min", "1"], &[]),
    filter(["max", "lists", "list | max", "The greatest item.", "[3, 1] | max", "3"], &[]),
    filter(
        [
            "map",
            "lists",
            "list | map(attribute=) or map(filter)",
            "A part of each item, or each item through a filter.",
            "[{'a': 1}, {'a': 2}] | map(attribute='a') | list",
            "[1,2]",
        ],
        &[],
    ),
    filter(
        [
            "select",
            "lists",
            "list | select(test)",
            "The items for which a test holds.",
            "[0, 1, 2] | select('odd') | list",
            "[1]",
        ],
        &[],
    ),
    filter(
        [
            "reject",
            "lists",
            "list | reject(test)",
            "The items for which a test does not hold.",
            "[0, 1, 2] | reject('odd') | list",
            "[0,2]",
        ],
        &[],
    ),
    filter(
        [
            "selectattr",
            "lists",
            "list | selectattr(attribute, test, value)",
            "The items whose part passes a test.",
            "[{'a': 1}, {'a': 2}] | selectattr('a', 'eq', 2) | list",
            "[{\"a\":2}]",
        ],
        &[],
    ),
    filter(
        [
            "rejectattr",
            "lists",
            "list | rejectattr(attribute, test, value)",
            "The items whose part does not pass a test.",
            "[{'a': 1}, {'a': 2}] | rejectattr('a', 'eq', 2) | list",
            "[{\"a\":1}]",
        ],
        &[],
    ),
    filter(
        [
            "groupby",
            "lists",
            "list | groupby(attribute)",
            "Groups of items with the same part.",
            "([{'a': 1}, {'a': 1}] | groupby('a'))[0].list | length",
            "2",
        ],
        &[],
    ),
    filter(
        [
            "batch",
            "lists",
            "list | batch(count)",
            "Lists of so many items.",
            "[1, 2, 3] | batch(2) | list",
            "[[1,2],[3]]",
        ],
        &[],
    ),
    filter(
        ["slice", "lists", "list | slice(count)", "So many lists.", "[1, 2, 3, 4] | slice(2) | list", "[[1,2],[3,4]]"],
        &[],
    ),
    filter(
        [
            "zip",
            "lists",
            "list | zip(other)",
            "Pairs of the items of two lists.",
            "[1, 2] | zip(['a', 'b']) | list",
            "[[1,\"a\"],[2,\"b\"]]",
        ],
        &[],
    ),
    filter(
        [
            "chain",
            "lists",
            "list | chain(other)",
            "Two lists, one behind the other.",
            "[1] | chain([2]) | list",
            "[1,2]",
        ],
        &[],
    ),
    filter(
        [
            "items",
            "objects",
            "object | items",
            "Name and value of each member.",
            "{'a': 1} | items | list",
            "[[\"a\",1]]",
        ],
        &[],
    ),
    filter(
        [
            "dictsort",
            "objects",
            "object | dictsort",
            "The members sorted by name.",
            "{'b': 1, 'a': 2} | dictsort",
            "[[\"a\",2],[\"b\",1]]",
        ],
        &[],
    ),
    filter(["attr", "objects", "object | attr(name)", "One member.", "record | attr('id')", "7"], &[]),
    filter(
        ["pprint", "text", "value | pprint", "For reading: as the template engine shows it.", "'a' | pprint", "'a'"],
        &[],
    ),
];

pub(super) const TESTS: &[ExpressionEntry] = &[
    test(["defined", "tests", "value is defined", "Whether there is a value.", "record.id is defined", "true"], &[]),
    test(
        ["undefined", "tests", "value is undefined", "Whether there is none.", "record.nothing is undefined", "true"],
        &[],
    ),
    test(["none", "tests", "value is none", "Whether it is null.", "none is none", "true"], &[]),
    test(["true", "tests", "value is true", "Whether it is true itself.", "1 is true", "false"], &[]),
    test(["false", "tests", "value is false", "Whether it is false itself.", "false is false", "true"], &[]),
    test(["boolean", "tests", "value is boolean", "Whether it is true or false.", "true is boolean", "true"], &[]),
    test(["number", "tests", "value is number", "Whether it is a number.", "1.5 is number", "true"], &[]),
    test(["integer", "tests", "value is integer", "Whether it is a whole number.", "1 is integer", "true"], &["int"]),
    test(["float", "tests", "value is float", "Whether it is a number with a fraction.", "1.5 is float", "true"], &[]),
    test(["string", "tests", "value is string", "Whether it is text.", "'a' is string", "true"], &[]),
    test(["sequence", "tests", "value is sequence", "Whether it is a list.", "[1] is sequence", "true"], &[]),
    test(["iterable", "tests", "value is iterable", "Whether it has items.", "[1] is iterable", "true"], &[]),
    test(["mapping", "tests", "value is mapping", "Whether it is an object.", "{} is mapping", "true"], &[]),
    test(["odd", "tests", "value is odd", "Whether the number is odd.", "3 is odd", "true"], &[]),
    test(["even", "tests", "value is even", "Whether the number is even.", "3 is even", "false"], &[]),
    test(
        [
            "divisibleby",
            "tests",
            "value is divisibleby(number)",
            "Whether the number can be divided by another.",
            "9 is divisibleby(3)",
            "true",
        ],
        &[],
    ),
    test(
        [
            "startingwith",
            "tests",
            "value is startingwith(text)",
            "Whether the text starts with another.",
            "'abc' is startingwith('a')",
            "true",
        ],
        &[],
    ),
    test(
        [
            "endingwith",
            "tests",
            "value is endingwith(text)",
            "Whether the text ends with another.",
            "'abc' is endingwith('c')",
            "true",
        ],
        &[],
    ),
    test(["lower", "tests", "value is lower", "Whether all letters are small.", "'abc' is lower", "true"], &[]),
    test(["upper", "tests", "value is upper", "Whether all letters are capitals.", "'abc' is upper", "false"], &[]),
    test(
        [
            "in",
            "tests",
            "value is in(list)",
            "Whether it is an item of a list or a part of a text.",
            "1 is in([1, 2])",
            "true",
        ],
        &[],
    ),
    test(["eq", "tests", "value is eq(other)", "Whether two values are equal.", "1 is eq(1)", "true"], &["equalto"]),
    test(["ne", "tests", "value is ne(other)", "Whether two values differ.", "1 is ne(1)", "false"], &[]),
    test(["lt", "tests", "value is lt(other)", "Whether it is less.", "1 is lt(2)", "true"], &["lessthan"]),
    test(["le", "tests", "value is le(other)", "Whether it is not greater.", "2 is le(2)", "true"], &[]),
    test(["gt", "tests", "value is gt(other)", "Whether it is greater.", "1 is gt(2)", "false"], &["greaterthan"]),
    test(["ge", "tests", "value is ge(other)", "Whether it is not less.", "2 is ge(2)", "true"], &[]),
    test(
        [
            "sameas",
            "tests",
            "value is sameas(other)",
            "Whether two values are one and the same.",
            "1 is sameas(1)",
            "true",
        ],
        &[],
    ),
    test(
        ["safe", "tests", "value is safe", "Whether the text is marked as HTML.", "'a' is safe", "false"],
        &["escaped"],
    ),
    test(
        ["filter", "tests", "name is filter", "Whether there is a filter of that name.", "'lower' is filter", "true"],
        &[],
    ),
    test(["test", "tests", "name is test", "Whether there is a test of that name.", "'odd' is test", "true"], &[]),
];
