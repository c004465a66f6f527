/** What a picture must be like to be accepted. */
import { FormFile } from "limpid";
import { z } from "zod";
import { pictureKindOf } from "../store/picture-kind.ts";
import type { Picture } from "../store/picture-store.ts";

/** For the file input. */
export const pictureTypes = "image/png,image/jpeg,image/gif,image/webp";

/** The largest picture that is kept, in bytes. */
export const pictureBytes = 5_000_000;

/** A picture up to twice as large is told beside its field; a larger one is not read to its end. */
export const postFormLimits = { files: 1, fileBytes: 2 * pictureBytes, fieldBytes: 262_144 };

export const tooLarge = `A picture may have at most ${pictureBytes / 1_000_000} MB.`;

export const NewPicture = z
  .instanceof(FormFile, { error: "Send the picture as a file." })
  .transform(async (file, context): Promise<Picture> => {
    const kind = pictureKindOf(await beginningOf(file));
    if (kind !== undefined && file.size <= pictureBytes) return { file, kind };
    const message =
      kind === undefined ? `“${file.filename}” is not a PNG, JPEG, GIF or WebP picture.` : tooLarge;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

async function beginningOf(file: FormFile): Promise<Uint8Array> {
  for await (const piece of file.stream()) return piece;
  return new Uint8Array();
}
