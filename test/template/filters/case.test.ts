/** Filters for upper and lower case. */
import { test } from "node:test";
import { check, checkRefused, html } from "./apply.ts";

test("letters of every script change their case", () => {
  check([
    [["foo", "upper"], "FOO"],
    [["straße é", "uppercase"], "STRASSE É"],
    [["FÖO", "lower"], "föo"],
    [["Alice@Example.COM", "lowercase"], "alice@example.com"],
    [["fOO bAR", "capitalize"], "Foo bar"],
    [["éCOLE", "capitalize"], "École"],
    [["𐐨𐐀", "capitalize"], "𐐀𐐨"],
    [["", "capitalize"], ""],
  ]);
});

test("title begins words behind spaces, hyphens and opening brackets, not behind apostrophes", () => {
  check([
    [["foo bar", "title"], "Foo Bar"],
    [["foo\tBAR", "title"], "Foo\tBar"],
    [["foo-bar", "title"], "Foo-Bar"],
    [["don't (stop) [it] {now} <b>", "title"], "Don't (Stop) [It] {Now} <B>"],
    [["ünter o'neil", "title"], "Ünter O'neil"],
    [["foo.bar/baz", "title"], "Foo.bar/baz"],
  ]);
});

test("other values are printed first, and of markup only the text is changed", () => {
  check([
    [[undefined, "upper"], ""],
    [[null, "title"], ""],
    [[true, "upper"], "TRUE"],
    [[12, "lower"], "12"],
    [[html("<b title='x'>x &lt;y&gt; é</b>"), "upper"], html("<b title='x'>X &lt;Y&gt; É</b>")],
    [[html("<b>"), "title"], html("<b>")],
    [[html("<B>Xy &AMP; zA</B>"), "lower"], html("<B>xy &AMP; za</B>")],
    [[html("<b>aB cD</b> xY"), "capitalize"], html("<b>Ab cd</b> xy")],
    [[html("<script>let A = 1</script>a"), "upper"], html("<script>let A = 1</script>A")],
    [[html("a <b title='never closed"), "upper"], html("A <b title='never closed")],
  ]);
});

test("they take no arguments", () => {
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    ["a", "upper", 1],
    ["a", "title", ""],
  ]);
});
