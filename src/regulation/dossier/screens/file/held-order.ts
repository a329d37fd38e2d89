/** One row of a list that holds still: `gone` when it left the list while somebody was pointing at it. */
export interface HeldRow<R> {
  readonly row: R;
  readonly gone: boolean;
}

/**
 * The rows in the order to show. While somebody points at the list (`held`), rows keep their places: those that left stay,
 * marked, and the new ones come last; otherwise the list is as it is.
 */
export function heldOrder<R extends { readonly id: string }>(shown: readonly HeldRow<R>[], latest: readonly R[], held: boolean): HeldRow<R>[] {
  if (!held) return latest.map((row) => ({ row, gone: false }));
  const known = new Map(latest.map((row) => [row.id, row]));
  const places = new Set(shown.map(({ row }) => row.id));
  return [
    ...shown.map(({ row }) => ({ row: known.get(row.id) ?? row, gone: !known.has(row.id) })),
    ...latest.filter(({ id }) => !places.has(id)).map((row) => ({ row, gone: false })),
  ];
}
