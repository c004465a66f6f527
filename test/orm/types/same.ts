/** Compares types. What is wrong does not compile. */

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Fails to compile unless the two types are the same. */
export function same<One, Other>(_proof: Equal<One, Other>): void {}

/** Whether a type is `any`, which is all types at once. */
export type IsAny<Type> = 0 extends 1 & Type ? true : false;

/** For code that must compile, or must not, and is never run. */
export function compiles(_never: () => unknown): void {}
