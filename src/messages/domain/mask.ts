const HIDDEN = '•••';

/** `camille@demo.fr` gives `c•••@d•••.fr`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const end = dot === -1 ? '' : domain.slice(dot);
  return `${email.slice(0, 1)}${HIDDEN}@${domain.slice(0, 1)}${HIDDEN}${end}`;
}

/** `+33612345612` gives `06 •• •• •• 12`; a number of another form keeps its last two digits alone. */
export function maskPhone(phone: string): string {
  const national = phone.replace(/[\s.-]/g, '').replace(/^(?:\+|00)33(?=\d{9}$)/, '0');
  return /^0\d{9}$/.test(national) ? `${national.slice(0, 2)} •• •• •• ${national.slice(-2)}` : `${HIDDEN} ${national.slice(-2)}`;
}
