/** Which pages of a long list are linked to. */

/** The first, the last and those around `page`; null stands for pages that are left out, two at least. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const around = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages);
  const numbers = [...new Set(around)].sort((one, other) => one - other);
  return numbers.flatMap((number, index) => {
    const left = number - (numbers[index - 1] ?? 0) - 1;
    if (left === 0) return [number];
    return [left === 1 ? number - 1 : null, number];
  });
}
