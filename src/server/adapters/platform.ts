/** The platform's own `Request`, `Response` and `Headers`, and how a light class comes to pass for one of them. */

interface Platform {
  readonly Headers: typeof globalThis.Headers;
  readonly Request: typeof globalThis.Request;
  readonly Response: typeof globalThis.Response;
}

let taken: Platform | undefined;

/**
 * The classes as they stood when first asked for, which is before `serve` puts others in their place. Node loads all
 * of Fetch when one is touched, at a third of what its own start costs; a program that serves no Fetch-style
 * application is spared that.
 */
export function platform(): Platform {
  return (taken ??= {
    Headers: globalThis.Headers,
    Request: globalThis.Request,
    Response: globalThis.Response,
  });
}

/** Has `instanceof` take an object of the light class for one of the platform's. */
export function inheritFrom(real: { prototype: object }, light: { prototype: object }): void {
  Object.setPrototypeOf(light.prototype, real.prototype);
}

/** Gives the light class every member of the platform's that it lacks: that of the real object, made when touched. */
export function borrowMembers<Light extends object>(
  real: { prototype: object },
  light: { prototype: Light },
  platformOf: (object: Light) => object,
): void {
  for (const name of Object.getOwnPropertyNames(real.prototype)) {
    if (Object.hasOwn(light.prototype, name)) continue;
    Object.defineProperty(light.prototype, name, {
      configurable: true,
      get(this: Light): unknown {
        const object = platformOf(this);
        const member: unknown = Reflect.get(object, name);
        return typeof member === "function" ? member.bind(object) : member;
      },
    });
  }
}
