/** Stylesheet and icon, cached for good under the address that carries their version. */
import { type App, NotFoundError, Response } from "limpid";
import type { Assets } from "./assets.ts";

export function assetRoutes(app: App, assets: Assets): void {
  app.get("/assets/:name", { name: "asset" }, ({ params, query, headers }) => {
    const asset = assets.find(params.name);
    if (asset === undefined) throw new NotFoundError("There is no such file.");
    const isCurrent = query.get("v") === asset.version;
    const fields = {
      ETag: `"${asset.version}"`,
      "Cache-Control": isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
    };
    if (knows(headers.get("if-none-match"), fields.ETag))
      return Response.empty({ status: 304, headers: fields });
    return new Response(asset.bytes, { headers: { ...fields, "Content-Type": asset.type } });
  });
}

/** RFC 9110 §13.1.2: any tag of the list, compared without regard to weakness. */
function knows(ifNoneMatch: string | null, etag: string): boolean {
  const tags = ifNoneMatch?.split(",").map((tag) => tag.trim()) ?? [];
  return tags.some((tag) => tag === "*" || tag === etag || tag === `W/${etag}`);
}
