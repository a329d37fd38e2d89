let last: string | null = null;

/** Notes the screen somebody is on, by its pattern (`/dossiers/$id`): no identifier of anything. */
export const rememberScreen = (pattern: string): void => {
  last = pattern;
};

/** The last screen noted, for whoever then asks for help. */
export const lastScreen = (): string | null => last;
