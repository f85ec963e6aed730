/** Makes types that share a representation but must not be mixed: a Quantity is not a Money. */

declare const brand: unique symbol

/** `Value` at run time, a type of its own for the compiler. Only constructors cast into it (S2). */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
