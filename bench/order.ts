/** The content of `post-json-1k` and its schema: for those that take a Standard Schema, and as JSON Schema. */
import { z } from "zod";

/** An order as a shop receives it. */
export const Order = z.object({
  number: z.string().min(6).max(12),
  customer: z.object({
    name: z.string().min(1).max(100),
    email: z.string().includes("@"),
    age: z.number().int(),
  }),
  express: z.boolean(),
  items: z
    .array(
      z.object({
        sku: z.string().min(3).max(20),
        title: z.string().max(100),
        quantity: z.number().int().min(1),
        price: z.number().min(0),
      }),
    )
    .min(1)
    .max(50),
});

/** The same as JSON Schema. */
export const orderSchema = {
  type: "object",
  required: ["number", "customer", "express", "items"],
  properties: {
    number: { type: "string", minLength: 6, maxLength: 12 },
    customer: {
      type: "object",
      required: ["name", "email", "age"],
      properties: {
        name: { type: "string", minLength: 1, maxLength: 100 },
        email: { type: "string", pattern: "@" },
        age: { type: "integer" },
      },
    },
    express: { type: "boolean" },
    items: {
      type: "array",
      minItems: 1,
      maxItems: 50,
      items: {
        type: "object",
        required: ["sku", "title", "quantity", "price"],
        properties: {
          sku: { type: "string", minLength: 3, maxLength: 20 },
          title: { type: "string", maxLength: 100 },
          quantity: { type: "integer", minimum: 1 },
          price: { type: "number", minimum: 0 },
        },
      },
    },
  },
} as const;

/** What every candidate answers to a valid order. */
export function orderAnswer(order: z.infer<typeof Order>): {
  number: string;
  items: number;
  customer: string;
} {
  return { number: order.number, items: order.items.length, customer: order.customer.name };
}
