import { Html, html, page } from '../shared/html.ts';
import type { Account } from './accounts.ts';

const product = 'Carte CPS fictive';
const banner = 'Simulateur de Pro Santé Connect, pour la démonstration. Toutes les personnes sont imaginaires ; aucun mot de passe.';

const extraStyle = `
.accounts { list-style: none; padding: 0; margin: 0 0 8px; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 8px; }
.accounts button { width: 100%; text-align: left; background: #fff; color: var(--ink); border-color: var(--line); font-weight: 400; }
.accounts button:hover { border-color: var(--accent); background: #f1f7f8; }
.accounts strong, .accounts span { display: block; } .accounts span { color: var(--soft); font-size: 14px; }
`;

// Filters while typing; Enter signs in the first person left. Without scripts the whole list stays.
const script = `
const field = document.querySelector('#recherche'), status = document.querySelector('#compte');
const plain = (text) => text.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase();
const people = [...document.querySelectorAll('.accounts li')].map((item) => ({ item, text: plain(item.textContent + ' ' + item.closest('section').querySelector('h2').textContent) }));
const left = () => people.filter(({ item }) => !item.hidden);
field.addEventListener('input', () => {
  const words = plain(field.value).split(/\\s+/).filter(Boolean);
  for (const { item, text } of people) item.hidden = !words.every((word) => text.includes(word));
  for (const section of document.querySelectorAll('section[data-role]')) section.hidden = !section.querySelector('li:not([hidden])');
  status.textContent = left().length + (left().length > 1 ? ' personnes' : ' personne');
});
field.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); left()[0]?.item.querySelector('button').click(); } });
`;

const accountButton = (account: Account): Html => html`
<li><button name="account" value="${account.id}">
<strong>${account.firstName} ${account.lastName}</strong>
<span>${account.nationalId ? `Carte n° ${account.nationalId}` : `Sans carte : ${account.email ?? ''}`} · SAS ${account.territory}</span>
</button></li>`;

/** The sign-in page: everyone by role, one click signs in. */
export function signInPage(uid: string, accounts: readonly Account[]): string {
  const groups = [...Map.groupBy(accounts, (account) => account.roleLabel)];
  return page({
    title: 'Se connecter', product, banner, extraStyle, script,
    main: html`<h1>Qui êtes-vous ?</h1>
<div class="row"><label for="recherche">Chercher une personne (nom, rôle, numéro de carte)</label>
<input id="recherche" type="search" autocomplete="off" autofocus aria-describedby="compte">
<p class="hint" id="compte" role="status">${accounts.length} personnes</p></div>
<form method="post" action="/connexion/${encodeURIComponent(uid)}">
${groups.map(([role, people]) => html`<section data-role><h2>${role}</h2><ul class="accounts">${people.map(accountButton)}</ul></section>`)}
</form>`,
  });
}

/** oidc-provider gives the form that ends the session; it is sent at once, the button is for browsers without scripts. */
export const signOutPage = (form: string): string =>
  page({
    title: 'Déconnexion', product, banner,
    main: html`<h1>Déconnexion</h1>${new Html(form)}<button form="op.logoutForm" name="logout" value="yes">Me déconnecter</button>`,
    script: "document.querySelector('button').click()",
  });

export const messagePage = (title: string, text: string): string =>
  page({ title, product, banner, main: html`<section><h1>${title}</h1><p>${text}</p></section>` });
