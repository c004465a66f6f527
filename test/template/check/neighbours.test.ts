/** What templates owe one another: props of included, imported and extended templates, and names of templates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { check, lines } from "./project.ts";

const card = '{# props { post: Post, note?: string } from "../models.ts" #}{{ post.title }}{{ note }}';
const layout =
  '{# props { title: string, user?: User } from "../models.ts" #}{{ title }}{% set nav = 1 %}{% block main %}{% endblock %}';
const forms =
  "{% macro field(name, label) %}{{ name }}{{ label }}{% endmacro %}{% macro _own() %}{% endmacro %}";

test("an included template gets what it declares", async (t) => {
  const result = await check(t, {
    "card.html": card,
    "good.html":
      '{# props { posts: Post[] } from "../models.ts" #}{% for post in posts %}{% include "card.html" %}{% endfor %}',
    "type.html": '{# props { post: User } from "../models.ts" #}\n{% include "card.html" %}',
    "lacking.html":
      '{# props { posts: Post[] } from "../models.ts" #}\n {% include ["none.html", "card.html"] %}',
    "without.html":
      '{# props { post: Post } from "../models.ts" #}\n{% include "card.html" without context %}',
    "untyped.html": '{% include "card.html" %}',
  });
  assert.deepEqual(lines(result), [
    "lacking.html:2:2 `card.html` needs `post`, which is not defined here. Set it, declare it in the props comment, or make it optional in `card.html`: `post?`.",
    "type.html:2:1 `post` does not fit `card.html`: it is `User`, and lacks of `Post` title, author, tags, status. Give `card.html` what it declares, or change its props comment.",
    "without.html:2:1 `card.html` needs `post`, and it is used without context. Write `with context` behind it.",
  ]);
});

test("a layout gets what it declares, from the props or from what is set", async (t) => {
  const result = await check(t, {
    "layout.html": layout,
    "inner/good.html":
      '{# props { name: string } #}{% extends "../layout.html" %}{% set title = name %}{% block main %}{{ nav.x }}{% endblock %}',
    "inner/lacking.html": '{# props { name: string } #}\n{% extends "layout.html" %}',
    "inner/type.html": '{# props { title: number } #}\n{% extends "./../layout.html" %}',
  });
  assert.deepEqual(
    lines(result).map((line) => line.split(". ")[0]),
    [
      "inner/lacking.html:2:1 `layout.html` needs `title`, which is not defined here",
      "inner/type.html:2:1 `title` does not fit `layout.html`: it is `number`, and `string` is declared there",
    ],
  );
});

test("templates, macros and their arguments are known by name", async (t) => {
  const result = await check(t, {
    "forms.html": forms,
    "page.html": `{# props { a: string } #}
{% import "forms.html" as forms %}{{ forms.field("x", label=1) }}{{ forms.feld("x") }}{{ forms.field("x", lable=1) }}
{% from "forms.html" import field, feld, field as other %}{{ field(1, 2, 3) }}{{ other(1, nme=2) }}
{% include "form.html" %}{% include "form.html" ignore missing %}{% include a %}{% include ["x.html", a] %}
{% include "../../out.html" %}`,
    "plain.html": '{% extends "layot.html" %}',
    "layout.html": layout,
  });
  assert.deepEqual(
    lines(result).map((line) => line.replace(/ Check the name.*/, "")),
    [
      "page.html:2:75 `{ readonly field: any; }` has no `feld`. Did you mean `field`?",
      "page.html:2:107 The macro `field` has no parameter `lable`. Did you mean `label`?",
      "page.html:3:36 `forms.html` has no macro or variable `feld`. Did you mean `field`?",
      "page.html:3:74 The macro `field` takes 2 values and is given 3. Its parameters are name, label.",
      "page.html:3:91 The macro `field` has no parameter `nme`. Did you mean `name`?",
      "page.html:4:12 There is no template `form.html`. Did you mean `forms.html`?",
      "page.html:5:12 There is no template `../../out.html`.",
      "plain.html:1:12 There is no template `layot.html`. Did you mean `layout.html`?",
    ],
  );
});

test("errors in a props comment are told inside of it", async (t) => {
  const result = await check(t, {
    "export.html": '{# props { user: User, posts: Pst[], event: Event } from "../models.ts" #}{{ posts }}',
    "module.html": '{# props { user: User } from "../model.ts" #}{{ user.any }}',
    "global.html": "{# props { user: Usr } #}",
  });
  assert.deepEqual(lines(result), [
    "export.html:1:31 The module of the props comment exports no `Pst`. Did you mean `Post`?",
    "export.html:1:45 The module of the props comment exports no `Event`. Export it from there.",
    "global.html:1:18 Cannot find name `Usr`.",
    "module.html:1:30 The module `../model.ts` of the props comment cannot be found. Write its path from the folder of the template, with its extension.",
  ]);
});
