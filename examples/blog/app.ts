/** The blog as `limpid start` runs it, on `blog.db` and `blog-pictures/` in the working folder. */
import { createApp } from "./create-app.ts";

export default createApp({ database: "blog.db", pictures: "blog-pictures" });
