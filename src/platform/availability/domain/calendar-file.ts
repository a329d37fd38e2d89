/** A moment of the wall clock, `YYYY-MM-DDTHH:MM`. */
export interface CalendarPeriod {
  readonly start: string;
  readonly end: string;
}

/** An event of somebody's calendar: its hours and nothing of its texts, which may name a patient. */
export interface CalendarEvent {
  readonly uid: string;
  /** Line of the file where it starts. */
  readonly line: number;
  /** Set when it comes back every week at the same hours: kept as a series. */
  readonly weekly: { readonly weekdays: readonly number[]; readonly lastDay: string | null; readonly everyWeeks: number } | null;
  /** Days that the series skips. */
  readonly exceptions: readonly string[];
  /** Those of the window asked; the first one alone when it is a series. */
  readonly occurrences: readonly CalendarPeriod[];
}

export interface CalendarRefusal {
  readonly line: number;
  readonly uid: string | null;
  readonly why: string;
}

export interface ReadCalendarOptions {
  readonly timeZone: string;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  /** Weekly events come back as series; else as the occurrences of the window. */
  readonly keepSeries: boolean;
}

/** Reads a calendar file; one bad event refuses itself alone. */
export type ReadCalendar = (text: string, options: ReadCalendarOptions) => { readonly events: readonly CalendarEvent[]; readonly refused: readonly CalendarRefusal[] };

/** What an agenda shows to the software that subscribes to it. */
export interface CalendarEntry {
  readonly uid: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly summary: string;
  readonly busy: boolean;
}

/** Writes a calendar file. */
export type WriteCalendar = (calendar: { readonly name: string; readonly at: Temporal.Instant; readonly entries: readonly CalendarEntry[] }) => string;
