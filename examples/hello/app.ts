/** The smallest application: `npm run limpid -- start examples/hello/app.ts`. */
import { App, html } from "limpid";

const app = new App();

app.get("/", () => "Hello from Limpid!\n");
app.get("/hello/:name", ({ params }) => html`<h1>Hello, ${params.name}</h1>`);

export default app;
