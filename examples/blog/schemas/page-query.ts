/** Which page of a list is asked for: `?page=2`. */
import { z } from "zod";

export const PageQuery = z.object({
  page: z.coerce
    .number({ error: "Give the page as a number." })
    .int("Give the page as a whole number.")
    .min(1, "Pages are counted from 1.")
    .max(1_000_000, "There are not that many pages.")
    .default(1),
});
