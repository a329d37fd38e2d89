/** Where the help of a screen leads: `osnp#chercher` is the section `chercher` of the guide `osnp`. */
export function helpAddress(help: string): { readonly path: string; readonly section?: string } {
  const [guide, section] = help.split('#');
  return { path: `/aide/${guide}`, ...(section ? { section } : {}) };
}
