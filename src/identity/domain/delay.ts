const LONGEST_SECONDS = 15 * 60;

/** Seconds to wait after so many failures in a row: none for the `free` first ones, then twice as long each time, a quarter of an hour at most. */
export const secondsToWait = (failures: number, free: number): number =>
  failures <= free ? 0 : Math.min(LONGEST_SECONDS, 2 ** Math.min(failures - free, 20));
