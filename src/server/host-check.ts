/** Whether a server answers for a host: an exact name, or any subdomain of `*.example.com`. */

/** `host` is that of the request, with its port; without a list every host is right. */
export function hostAllowed(host: string, allowed: readonly string[] | undefined): boolean {
  if (allowed === undefined) return true;
  const name = host.replace(/:\d*$/, "").toLowerCase();
  return allowed.some((entry) => {
    const wanted = entry.toLowerCase();
    return wanted.startsWith("*.")
      ? name.endsWith(wanted.slice(1)) && name.length >= wanted.length
      : name === wanted;
  });
}
