"""The words of English and French that give values or deny, folded (small letters, no accents). Pure."""

from __future__ import annotations

SPELLED = {
    word: number
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    )
    for number, word in enumerate(words.split())
}
SPELLED |= {"une": 1, "twenty": 20, "vingt": 20, "thirty": 30, "trente": 30, "sixty": 60, "soixante": 60}

# Units of time in hours; a month is 30 days and a year twelve months, as people mean them.
HOURS_OF = {
    **dict.fromkeys(["minute", "minutes", "min"], 1 / 60),
    **dict.fromkeys(["hour", "hours", "heure", "heures"], 1.0),
    **dict.fromkeys(["day", "days", "jour", "jours"], 24.0),
    **dict.fromkeys(["week", "weeks", "semaine", "semaines"], 168.0),
    **dict.fromkeys(["month", "months", "mois"], 720.0),
    **dict.fromkeys(["year", "years", "an", "ans", "annee", "annees"], 8640.0),
}
# What may stand between the number and the unit: "5 working days".
OF_DAYS = "working|business|calendar|full|more|clear|consecutive"

_WEEK = "monday tuesday wednesday thursday friday saturday sunday"
_SEMAINE = "lundi mardi mercredi jeudi vendredi samedi dimanche"
WEEKDAYS = {
    form: number
    for words in (_WEEK, _SEMAINE)
    for number, word in enumerate(words.split())
    for form in (word, f"{word}s")
}

_MONTHS = "january february march april may june july august september october november december"
_MOIS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
MONTHS = {word: number for words in (_MONTHS, _MOIS) for number, word in enumerate(words.split(), 1)}

CURRENCIES = {
    **dict.fromkeys(["€", "eur", "euro", "euros"], "€"),
    **dict.fromkeys(["$", "usd", "dollar", "dollars"], "$"),
    **dict.fromkeys(["£", "gbp", "pound", "pounds"], "£"),
    **dict.fromkeys(["chf"], "chf"),
}
# "Feel free" and "free-standing" cost nothing either, but are no price.
FREE = (
    r"free of charge|for free|at no (?:extra |additional )?(?:cost|charge)|without charge"
    r"|(?:is|are|be|always|its|for) free(?! (?:to|from|of))|free (?:delivery|shipping|returns?|postage)"
    r"|gratuit(?:e|s|es|ement)?|sans frais|offert(?:e|s|es)?"
)

NEGATIONS = frozenset(
    [
        *("not", "no", "never", "cannot", "none", "neither", "nor", "nobody", "nothing", "t", "non"),
        *("pas", "jamais", "aucun", "aucune", "ni", "personne", "rien"),
    ]
)
# Where these stand, something is said under a condition, or with an exception: what another says without it
# is no contradiction.
CONDITIONS = (
    r"\b(?:if|unless|except|excluding|apart from|other than|only|until|but|however|otherwise|while|although"
    r"|when|whenever|after|before|without|rather|instead|yet|still|longer"
    r"|check|sure|should"
    r"|verifiez|verifier|assurez|si|s'il|s'ils|sauf|excepte|hormis|hors"
    r"|uniquement|seulement|seul|seule|seuls|seules|mais|cependant"
    r"|toutefois|sinon|lorsque|lorsqu|quand|apres|avant|sans|plutot|encore|plus|tant)\b"
)
AT_LEAST = (
    r"\b(?:at least|minimum|no less than|more than|over|from|au moins|a partir de|des|plus de|minimum)\b"
)
AT_MOST = r"\b(?:at most|maximum|no more than|less than|under|up to|within|au plus|jusqu'?|moins de|sous)"
EXAMPLES = "for example|for instance|example|par exemple|exemple"
# A number of these is none of things.
NO_THINGS = frozenset(
    ["fois", "times", "time", "derniers", "dernieres", "last", "premiers", "first", "however"]
)
# They say that a value comes, and not of what.
OF_VALUES = frozenset(
    """
    cost costs price prices fee fees charge charges charged take takes last lasts much long get gets
    getting give gives have reach reaches open opens opened opening hours time times when working faq
    question questions pay paid due period limit how many discount business calendar
    cout coute coutent couts prix tarif tarifs frais dure durent duree combien quand ouvert ouverte
    ouverts ouvertes ouvre ouvrent horaire horaires heures delai delais limite paye paient ouvres
    ouvrable ouvrables remise beneficie accorde accordee recoit within from up pouvez peut peuvent
    pouvons pendant sous votre vos nos
    """.split()  # noqa: SIM905
)
