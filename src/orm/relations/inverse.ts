/** Finds the other side of a relation: of `user.posts` that is `post.author`. */
import { type Relation, relationOf } from "./resolve.ts";

const inverses = new WeakMap<Relation, readonly Relation[]>();

/** The relations of the target that lead back along the same columns; none of those that leave rows out. */
export function inversesOf(relation: Relation): readonly Relation[] {
  let found = inverses.get(relation);
  if (found === undefined) {
    const { target } = relation;
    found = [...target.relations.keys()]
      .map((name) => relationOf(target, name))
      .filter((other) => leadsBack(relation, other));
    inverses.set(relation, found);
  }
  return found;
}

function leadsBack(relation: Relation, other: Relation): boolean {
  if (other.target.table !== relation.owner.table || other.options.where !== undefined) return false;
  if (other.options.limit !== undefined) return false;
  if (other.ownerColumn !== relation.targetColumn || other.targetColumn !== relation.ownerColumn)
    return false;
  if (relation.link !== undefined) {
    return (
      other.link?.ownerColumn === relation.link.targetColumn &&
      other.link.targetColumn === relation.link.ownerColumn
    );
  }
  // Of two columns that refer to each other, one holds the key.
  return other.link === undefined && (relation.kind === "belongsTo") !== (other.kind === "belongsTo");
}
