/**
 * Reads the named variables of the environment, and only those: a function asks for what it uses. A missing one is a fault
 * of the deployment, told by name.
 */
export function env<const N extends string>(...names: readonly N[]): Readonly<Record<N, string>> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`environment lacks ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<N, string>;
}
