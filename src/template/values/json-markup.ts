/** JSON as `tojson` writes it: markup in element text like other markup, and in scripts the value that it stands for. */
import { Html } from "../../message/index.ts";

export class JsonMarkup extends Html {}
