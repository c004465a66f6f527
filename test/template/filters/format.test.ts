/** The filter that puts values into the places of a text. */
import { test } from "node:test";
import { check, checkRefused, html, named } from "./apply.ts";

test("places are filled as printf does", () => {
  check([
    [["%s|%s", "format", "a", "b"], "a|b"],
    [["%05.2f %x %5d|%-5s|%%", "format", 2.71928, 255, 42, "ab"], "02.72 ff    42|ab   |%"],
    [["%(name)s is %(age)d", "format", named({ name: "Ada", age: 36 })], "Ada is 36"],
    [["%s", "format", "<b>"], "<b>"],
    [["%s", "format", html("<b>")], "<b>"],
    [[html("<i>%s</i>"), "format", "<b>"], html("<i>&lt;b&gt;</i>")],
    [[html("%s"), "format", html("<b>")], html("<b>")],
    [["no places", "format"], "no places"],
  ]);
});

test("two kinds of arguments at once are refused", () => {
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [["%s", "format", 1, named({ a: 2 })]]);
});
