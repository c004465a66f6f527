/** The blog as `limpid start` runs it, on `blog.db` in the working folder, or on what `DATABASE_URL` names. */
import { createApp } from "./create-app.ts";

export default createApp({
  database: process.env.DATABASE_URL ?? "sqlite:blog.db",
  pictures: "blog-pictures",
});
