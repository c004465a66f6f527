/** No application at all: what the runtime itself costs. */
import { ready } from "../candidates/ready.ts";

ready(0);
