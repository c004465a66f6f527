/** Values that are there at once where nothing has to be waited for: SQLite answers without a promise. */

/** What follows a value that may have to be waited for. */
export function then<Value, Next>(
  value: Value | Promise<Value>,
  next: (value: Value) => Next | Promise<Next>,
): Next | Promise<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** The result as a promise; what is thrown rejects it. */
export function settled<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  try {
    const value = work();
    return value instanceof Promise ? value : Promise.resolve(value);
  } catch (error) {
    return Promise.reject(error);
  }
}
