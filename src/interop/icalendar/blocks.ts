/** The lines of one event, from `BEGIN:VEVENT` to `END:VEVENT`. */
export interface EventBlock {
  readonly line: number;
  readonly text: string;
}

/** Cuts a calendar file into its events, each with its line, and the time zones that it describes: a bad event spoils no other. */
export function blocksOf(text: string): { timeZones: string; events: EventBlock[] } {
  const events: EventBlock[] = [];
  const timeZones: string[] = [];
  let current = null as { kind: string; line: number; lines: string[] } | null;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const word = line.trimEnd().toUpperCase();
    const opened = /^BEGIN:(VEVENT|VTIMEZONE)$/.exec(word)?.[1];
    if (opened && current?.kind !== opened) current = { kind: opened, line: index + 1, lines: [] };
    if (!current) continue;
    current.lines.push(line);
    if (word !== `END:${current.kind}`) continue;
    const block = current.lines.join('\r\n');
    if (current.kind === 'VEVENT') events.push({ line: current.line, text: block });
    else timeZones.push(block);
    current = null;
  }
  return { timeZones: timeZones.join('\r\n'), events };
}
