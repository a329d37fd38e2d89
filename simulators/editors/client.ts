/** Lower case, ASCII: `Éditeur Lent` gives `editeur-lent`. */
export const slugOf = (name: string): string =>
  name.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');

/** What a vendor is registered with at the stand-in of Pro Santé Connect. */
export const editorClient = (name: string, url: string) => ({
  clientId: `editeur-${slugOf(name)}`,
  clientSecret: `demonstration-${slugOf(name)}`,
  redirectUris: [`${url}/retour`],
  postLogoutRedirectUris: [] as string[],
});
