/** The data that every engine renders, the same in every process. */

/** Three names in ten have to be escaped, and every tag. */
const names = [
  "Ada Lovelace",
  "Grace Hopper",
  "Miles O'Brien",
  "Zoë Müller",
  "Tom & Jerry",
  "Katherine Johnson",
  "Alan Turing",
  'Dwayne "The Rock" Johnson',
  "Barbara Liskov",
  "Edsger Dijkstra",
] as const;
const cities = ["London", "São Paulo", "Zürich", "New York", "Oslo"] as const;

/** A row of the table. */
function row(index: number) {
  return {
    id: index + 1,
    name: `${names[index % names.length]} ${index}`,
    email: `user${index}@example.com`,
    tag: `<tag-${index % 7}>`,
    city: cities[index % cities.length],
    score: (index * 37) % 1000,
  };
}

/** What the table shows. */
export function tableData(rows: number) {
  return { rows: Array.from({ length: rows }, (_, index) => row(index)) };
}

/** What a list of links with many attributes shows. */
export function attributesData() {
  const items = Array.from({ length: 40 }, (_, index) => ({
    id: index + 1,
    kind: index % 3 === 0 ? "card wide" : "card",
    slug: `item-${index}`,
    title: index % 3 === 0 ? `The "${index}" & more` : `Item number ${index}`,
    price: (index * 137) % 5000,
    stock: index % 9,
    field: `quantity-${index}`,
    value: index % 10 === 0 ? "<none>" : String(index % 5),
    hint: `How many of ${index}?`,
  }));
  return { items };
}

/** What a page of a shop shows. */
export function pageData() {
  const products = Array.from({ length: 12 }, (_, index) => ({
    id: index + 1,
    name: index % 4 === 0 ? `Nuts & bolts ${index}` : `Product ${index}`,
    text: index % 3 === 0 ? undefined : `What <${index}> is good for, in a sentence of the usual length.`,
    cents: 199 + index * 350,
    tags: ["new", `size-${index}`, "<b>"],
  }));
  return {
    site: "Nuts & Bolts",
    heading: "All products",
    year: 2026,
    path: "/products",
    links: ["home", "products", "orders", "help"].map((text) => ({ text, href: `/${text}` })),
    products,
    fields: [
      { name: "name", label: "Your name", value: "Miles O'Brien", error: undefined },
      { name: "email", label: "Your address", value: "miles@", error: 'There is nothing behind the "@".' },
      { name: "count", label: "How many", value: "3", error: undefined },
    ],
  };
}

/** What the large template shows: little, because it is compiling that counts. */
export function largeData() {
  return {
    theme: "plain",
    title: "Box",
    user: { name: "Miles O'Brien", count: 3 },
    items: [{ kind: "card", slug: "nut", title: "Nut & bolt" }],
    label: "Subject",
    value: '"Hello"',
    hint: "What it is about",
  };
}

/** Cents as a price: a filter that an application brings along. */
export function price(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

/** Many numbered sections as one template of some 2,200 lines. */
export function largeSource(section: (number: number) => string): string {
  return Array.from({ length: 110 }, (_, number) => section(number)).join("");
}
