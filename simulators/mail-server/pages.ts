import { Html, html, page } from '../shared/html.ts';
import { type Fault, faults, faultWords } from './faults.ts';
import type { Received } from './mailbox.ts';

const product = 'Courriels et SMS fictifs';
const banner = 'Simulateur de serveur de courriel et de passerelle SMS, pour la démonstration : rien ne part vers de vraies personnes.';
const kindWords = { email: 'Courriel', sms: 'SMS' } as const;

const extraStyle = `
form.line { display: flex; gap: 12px; align-items: end; flex-wrap: wrap; } form.line > div { flex: 1 1 16rem; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; }
.broken { border-left: 6px solid #b42318; }
@media (max-width: 40rem) { main { padding: 0 12px 32px; } thead { position: absolute; clip-path: inset(50%); } tr, td { display: block; border: 0; padding: 2px 0; } tr { border-bottom: 1px solid var(--line); padding: 10px 0; } }
`;

const instant = (at: string): string =>
  new Date(at).toLocaleString('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

const row = (message: Received): Html => html`
<tr><td>${instant(message.at)}</td><td>${kindWords[message.kind]}</td><td>${message.to.join(', ')}</td>
<td><a href="/courriers/${message.id}">${message.subject || message.text.slice(0, 80)}</a></td></tr>`;

/** What arrived, and the switch that breaks the server. */
export const listPage = (messages: readonly Received[], to: string, fault: Fault): string => page({
  title: 'Messages reçus', product, banner, extraStyle,
  main: html`<h1>Messages reçus</h1>
<form class="card line" method="get" action="/"><div><label for="to">Adresse ou numéro du destinataire</label><input id="to" name="to" value="${to}"></div><button>Chercher</button></form>
<section><h2>${messages.length === 1 ? '1 message' : `${messages.length} messages`}</h2>
${messages.length === 0
    ? html`<p>Rien n’est arrivé ${to ? 'à ce destinataire' : 'pour le moment'}.</p>`
    : html`<div class="wide"><table><thead><tr><th scope="col">Reçu</th><th scope="col">Par</th><th scope="col">Pour</th><th scope="col">Objet</th></tr></thead><tbody>${messages.map(row)}</tbody></table></div>`}
</section>
<form class="card line ${fault === 'none' ? '' : 'broken'}" method="post" action="/panne"><div><label for="fault">État du serveur</label>
<select id="fault" name="fault">${faults.map((one) => html`<option value="${one}"${one === fault ? new Html(' selected') : null}>${faultWords[one]}</option>`)}</select></div>
<button class="plain">Changer</button></form>`,
});

/** One message; its addresses are links. */
export const messagePage = (message: Received): string => page({
  title: message.subject || 'SMS', product, banner, extraStyle,
  main: html`<p><a href="/">Tous les messages</a></p>
<section><h1>${message.subject || 'SMS'}</h1>
<dl><dt>Reçu</dt><dd>${instant(message.at)}</dd><dt>Pour</dt><dd>${message.to.join(', ')}</dd>${message.from ? html`<dt>De</dt><dd>${message.from}</dd>` : null}</dl></section>
<section><h2>Texte</h2><div class="message">${linked(message.text)}</div></section>`,
});

const linked = (text: string): Html[] =>
  text.trim().split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));

export const absentPage = (): string => page({ title: 'Message absent', product, banner, main: html`<section><h1>Ce message n’existe pas</h1><p><a href="/">Tous les messages</a></p></section>` });
