"""Lines that belong to a web site and not to the article on it, in English and French. Pure.

`line_key` reads a line as its words; the phrases here are keys.
"""

from __future__ import annotations

import re

from knowledge.cleaning.prose import ADDRESS

WORD = re.compile(r"[^\W_]+")
LONGEST = 300  # characters

# Nobody writes these as a line of an article.
SITE = frozenset("""
skip to content|skip to main content|skip to navigation|skip navigation|jump to content|jump to navigation
back to top|return to top|top of page|go to top|scroll to top|back to help center|share this|share this page
share this article|print this page|print this article|email this page|was this article helpful
was this page helpful|was this helpful|did this article help|did this answer your question
did you find this helpful|did you find it helpful|how helpful was this article|rate this article
rate this page|was this information helpful|is this page useful|thank you for your feedback
thanks for your feedback|have more questions submit a request|still have questions contact us
still need help contact us|return to the list|toggle navigation|manage cookie preferences
subscribe to our newsletter|sign up for our newsletter|follow us on social media|all rights reserved
terms of service privacy policy|privacy policy terms of service|aller au contenu|aller au contenu principal
passer au contenu|passer au contenu principal|aller à la navigation|aller au menu|accéder au contenu
accéder au contenu principal|haut de page|retour en haut|retour en haut de page|retour en haut de la page
revenir en haut|revenir en haut de page|retour à la liste|partager cette page|partager cet article
imprimer cette page|imprimer cet article|imprimer la page|envoyer cette page par e mail
cet article vous a t il été utile|cet article vous a t il aidé|cette page vous a t elle été utile
cette page vous a t elle aidé|cet article était il utile|cette page est elle utile
cet article a t il été utile|avez vous trouvé cet article utile|avez vous trouvé cette page utile
cette information vous a t elle été utile|ces informations vous ont elles été utiles
cette réponse vous a t elle été utile|est ce que cet article vous a été utile|merci pour votre retour
merci de votre retour|vous avez d autres questions envoyer une demande|noter cet article
continuer sans accepter|inscrivez vous à notre newsletter|abonnez vous à notre newsletter
suivez nous sur les réseaux sociaux|tous droits réservés|yes no|oui non
""".replace("\n", "|").strip("|").split("|"))  # fmt: skip

# These may be words of an article too: a list of nothing else is a menu when all of it are links.
MENU = frozenset("""
home|help|help center|help centre|support|contact|contact us|about|about us|menu|search|print|share|login
log in|sign in|sign up|register|my account|account|cart|basket|close|next|previous|sitemap|site map
legal notice|privacy|privacy policy|terms|terms of use|terms of service|cookie policy|cookies|accessibility
faq|blog|careers|press|facebook|twitter|x|linkedin|instagram|youtube|whatsapp|pinterest|email|tiktok|yes|no
english|français|rss|accueil|aide|centre d aide|nous contacter|contactez nous|à propos|qui sommes nous
recherche|rechercher|imprimer|partager|connexion|se connecter|s inscrire|inscription|mon compte|panier
fermer|suivant|précédent|plan du site|mentions légales|confidentialité|politique de confidentialité
conditions générales|conditions d utilisation|cgu|cgv|conditions générales d utilisation
conditions générales de vente|accessibilité|presse|recrutement|courriel|oui|non|main menu|main navigation
menu principal|navigation principale|open menu|close menu|toggle menu|ouvrir le menu|fermer le menu
afficher le menu|cookie settings|cookie preferences|manage cookies|gestion des cookies|gérer les cookies
gérer mes cookies|paramètres des cookies|paramétrer les cookies|personnaliser les cookies|accept all
reject all|accept cookies|tout accepter|accepter tout|tout refuser|refuser tout|accepter les cookies
submit a request|envoyer une demande|follow us|suivez nous|back to home|you are here|vous êtes ici
retour à l accueil|accept all cookies|reject all cookies|accepter tous les cookies|refuser tous les cookies
""".replace("\n", "|").strip("|").split("|"))  # fmt: skip

PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"\d+ out of \d+ found this helpful",
        r"\d+ (?:people|users) found this helpful",
        r"(?:utilisateurs? qui ont trouvé cela utile )?\d+ (?:personnes? )?sur \d+(?: (?:ont"
        r"|a) trouvé (?:cela|cet article) utile)?",
        r"(?:share|follow us) (?:this (?:page |article )?)?(?:on|via|by) (?:facebook|twitter|x|linkedin"
        r"|whatsapp|email|e mail)",
        r"(?:partager|suivez nous) (?:(?:cette page|cet article) )?(?:sur|via|par) "
        r"(?:facebook|twitter|x|linkedin|whatsapp|e mail|courriel|email)",
        r"(?:copyright )?\d{4}(?: \d{4})? .{0,60}(?:all rights reserved|tous droits réservés)\b.{0,20}",
    )
]
# A banner speaks of cookies and asks for consent.
BANNER = re.compile(
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site|nous|ce site|notre site) (?:(?:and our partners"
    r"|et nos partenaires) )?"
    r"(?:uses?|utilis\w+|dépos\w+) (?:\w+ ){0,3}cookies\b.*"
)
CONSENT = re.compile(
    r"by (?:continuing|clicking|using)|you (?:accept|agree|consent)|en (?:poursuivant|continuant|cliquant)"
    r"|vous acceptez"
)
FEEDBACK = re.compile(r"\b(?:helpful|useful|utiles?|aidé|feedback|retour)\b")
CRUMBS = re.compile(r"(?:home|accueil|help cent(?:er|re)|centre d aide)")
CRUMB_MARK = re.compile(r"\s(?:>|\\>|›|»|/|→)\s")


def line_key(line: str) -> str:
    """The words of a line in small letters, without its marks and the targets of its links."""
    return " ".join(WORD.findall(ADDRESS.sub(" ", line).casefold()))


def is_site_line(line: str) -> bool:
    if len(line) > LONGEST:
        return False
    key = line_key(line)
    if key in SITE or any(pattern.fullmatch(key) for pattern in PATTERNS):
        return True
    return bool(BANNER.fullmatch(key) and CONSENT.search(key))


def is_feedback(line: str) -> bool:
    """ "Was this helpful?": the one line of a site that is often a heading."""
    return is_site_line(line) and FEEDBACK.search(line_key(line)) is not None


def is_menu_line(line: str) -> bool:
    return len(line) <= LONGEST and line_key(line) in MENU


def is_breadcrumb(line: str) -> bool:
    """ "Home > Orders > Returns": where a page stands, if it is the first thing on it."""
    if len(line) > LONGEST or line.rstrip().endswith((".", "!", "?", ":", ";")):
        return False
    return bool(CRUMB_MARK.search(line) and CRUMBS.match(line_key(line)))
