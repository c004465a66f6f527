/** Named moments every layer announces, free when nobody listens. */
export { listen, Moment, moment, moments } from "./moment.ts";
