/** `loop`: where a loop is. */
import { test } from "node:test";
import { prints, refuses } from "./same-everywhere.ts";

const abc = { xs: ["a", "b", "c"] };

function each(member: string): string {
  return `{% for x in xs %}{{ loop.${member} }},{% endfor %}`;
}

test("it counts from both ends", async () => {
  await prints("1,2,3,", each("index"), abc);
  await prints("0,1,2,", each("index0"), abc);
  await prints("3,2,1,", each("revindex"), abc);
  await prints("2,1,0,", each("revindex0"), abc);
  await prints("3,3,3,", each("length"), abc);
  await prints("true,false,false,", each("first"), abc);
  await prints("false,false,true,", each("last"), abc);
  await prints("1,1,1,", each("depth"), abc);
  await prints("0,0,0,", each("depth0"), abc);
});

test("it knows the neighbours of an item, which at the ends are undefined", async () => {
  await prints(",a,b,", each("previtem"), abc);
  await prints("b,c,,", each("nextitem"), abc);
  await prints(
    "none b c ",
    '{% for x in xs %}{{ x if loop.previtem is defined else "none" }} {% endfor %}',
    abc,
    { strict: true },
  );
});

test("`cycle` gives its values in turn", async () => {
  await prints("odd,even,odd,", each('cycle("odd", "even")'), abc);
  await refuses("LMP_TEMPLATE_ARGUMENT_INVALID", /nothing to choose/, each("cycle()"), abc);
});

test("`changed` compares with the round before", async () => {
  await prints("true,false,true,true,", each("changed(x)"), { xs: [1, 1, 2, 1] });
  await prints("true,false,", each("changed(x, 1)"), { xs: [[1], [1]] });
});

test("it counts the items of what has no length", async () => {
  await prints("2,2,", each("length"), () => ({ xs: new Set([1, 2]).values() }));
  await prints("2,2,", each("length"), {
    xs: new Map([
      [1, 1],
      [2, 2],
    ]),
  });
});

test("it is seen by macros, includes and scoped blocks of the body", async () => {
  const templates = { "part.html": "{{ loop.index }}" };
  await prints("12", '{% for x in [1, 2] %}{% include "part.html" %}{% endfor %}', {}, { templates });
  await prints("12", "{% for x in [1, 2] %}{% block b scoped %}{{ loop.index }}{% endblock %}{% endfor %}");
  await prints(
    "12",
    "{% for x in [1, 2] %}{% macro m() %}{{ loop.index }}{% endmacro %}{{ m() }}{% endfor %}",
  );
  await prints(
    "12",
    '{% for x in [1, 2] %}{% from "m.html" import n with context %}{{ n }}{% endfor %}',
    {},
    {
      templates: { "m.html": "{% set n = loop.index %}" },
    },
  );
});

test("outside of a loop `loop` is a name like any other", async () => {
  await prints("", "{{ loop }}");
  await prints("mine", "{{ loop }}", { loop: "mine" });
  await prints("1mine", "{% for x in [1] %}{{ loop.index }}{% endfor %}{{ loop }}", { loop: "mine" });
  await refuses("LMP_TEMPLATE_UNDEFINED", /`loop` is not defined/, "{{ loop.index }}");
});

test("a member that it does not have is undefined", async () => {
  await prints("[]", "{% for x in [1] %}[{{ loop.items }}{{ loop.constructor }}]{% endfor %}");
});
