/** The post that an address names, for pages and for the JSON interface. */
import { NotFoundError } from "limpid";
import type { Session } from "limpid/orm";
import { Post } from "../models.ts";

/** Throws 404 where there is none. */
export async function postNamed(db: Session, slug: string): Promise<Post> {
  return (await db.query(Post).filter(Post.slug.eq(slug)).first()) ?? noPost();
}

/** 404. */
export function noPost(): never {
  throw new NotFoundError("There is no such post. It may have been taken down.");
}
