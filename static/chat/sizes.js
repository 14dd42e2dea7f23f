// How large a file is, in words, as the server says it (conversations/attachments/sizes.py).

export function sizeWords(bytes) {
  const small = bytes < 1e6;
  const number = small ? Math.max(1, Math.round(bytes / 1e3)) : Math.round(bytes / 1e5) / 10;
  const shown = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: small ? 0 : 1 }).format(number);
  return interpolate(small ? gettext("%(number)s kB") : gettext("%(number)s MB"), { number: shown }, true);
}
