"""Pairs of a line and an answer: SAME say the same, OTHERS only sound alike. Each with its language."""

SAME = [
    (
        "en",
        "Yes, we deliver to Switzerland within 5 days for 12 €.",
        "We ship to Switzerland. It takes 5 working days and costs 12 €.",
    ),
    (
        "en",
        "We deliver to Switzerland.",
        "Switzerland is among the countries that we send parcels to.",
    ),
    (
        "en",
        "Gifts can be wrapped for 4 €.",
        "Gift wrapping is available for 4 € per item; choose it in the cart.",
    ),
    (
        "en",
        "You can return it within 30 days.",
        "Returns are accepted up to 30 days after delivery.",
    ),
    (
        "en",
        "The lamps do not work with Alexa.",
        "Our lamps cannot be connected to Alexa or other voice assistants.",
    ),
    (
        "en",
        "Refunds take 5 to 10 days.",
        "Your money is back on your account 5 to 10 days after we get the parcel.",
    ),
    (
        "en",
        "You can pay by card, PayPal or bank transfer.",
        "We accept credit cards, PayPal and bank transfers.",
    ),
    (
        "en",
        "The shop is closed on Sundays.",
        "On Sundays we are not open.",
    ),
    (
        "en",
        "You can change the delivery address until it is shipped.",
        "As long as your parcel has not left us, you may have it sent to another address.",
    ),
    (
        "en",
        "The guarantee is two years.",
        "All our products are under warranty for two years.",
    ),
    (
        "en",
        "Dogs are welcome.",
        "You may bring your dog into the shop.",
    ),
    (
        "en",
        "An invoice is attached to the confirmation e-mail.",
        "You will find your invoice in the mail that confirms the order.",
    ),
    (
        "fr",
        "Oui, nous livrons en Suisse en 5 jours pour 12 €.",
        "La livraison en Suisse prend 5 jours ouvrés et coûte 12 €.",
    ),
    (
        "fr",
        "L’emballage cadeau coûte 4 €.",
        "Nous emballons vos cadeaux pour 4 € : cochez la case dans le panier.",
    ),
    (
        "fr",
        "Le retour est possible pendant 30 jours.",
        "Vous avez 30 jours pour nous renvoyer l’article.",
    ),
    (
        "fr",
        "Nos lampes ne fonctionnent pas avec Alexa.",
        "Les lampes ne peuvent pas être reliées à Alexa.",
    ),
    (
        "fr",
        "Vous pouvez payer en trois fois.",
        "Le paiement en trois mensualités est proposé.",
    ),
    (
        "fr",
        "Le magasin est fermé le dimanche.",
        "Nous ne sommes pas ouverts le dimanche.",
    ),
    (
        "fr",
        "Vous pouvez changer l’adresse tant que le colis n’est pas parti.",
        "L’adresse de livraison est modifiable avant l’expédition.",
    ),
    (
        "fr",
        "La garantie dure deux ans.",
        "Tous nos produits sont garantis deux ans.",
    ),
]
SAME += [
    (
        "en",
        "Delivery to Switzerland costs 24.90 € and takes 5 to 8 days.",
        "Delivery costs 5.90 €. To Switzerland delivery costs 24.90 € and takes 5 to 8 days.",
    ),
    (
        "en",
        "Delivery takes 3 days.",
        "Delivery takes 3 days. Delivery to Corsica takes 5. If a lamp is large, delivery takes 10 days.",
    ),
]
OTHERS = [
    (
        "fr",
        "La livraison en Suisse coûte 24,90 € et prend 5 à 8 jours ouvrés.",
        "Prix :\n\n| Pays | Domicile |\n|---|---|\n| Royaume-Uni, Suisse | 24,90 € |\n\nSi vous choisissez "
        "la Suisse, les prix s'affichent sans TVA. La livraison coûte **19,90 €** et prend 5 à 8 jours. [2]",
    ),
    (
        "en",
        "Returns are accepted within 30 days.",
        "Returns are accepted within 14 days. In our shops you have 30 days.",
    ),
    (
        "en",
        "Yes, we deliver to Switzerland within 5 days for 12 €.",
        "We deliver to France, Belgium and Luxembourg within 3 days for 5 €.",
    ),
    (
        "en",
        "We deliver to Switzerland.",
        "We deliver to France and Belgium only.",
    ),
    (
        "en",
        "We deliver to Switzerland.",
        "We do not deliver to Switzerland.",
    ),
    (
        "en",
        "We deliver to Switzerland.",
        "Delivery to France takes three days.",
    ),
    (
        "en",
        "Gifts can be wrapped for 4 €.",
        "Gift vouchers can be bought for 10 € to 200 €.",
    ),
    (
        "en",
        "Gifts can be wrapped.",
        "Gift vouchers can be used on the whole range.",
    ),
    (
        "en",
        "You can return it within 30 days.",
        "You can return it within 14 days.",
    ),
    (
        "en",
        "The lamps do not work with Alexa.",
        "Our lamps work with Alexa.",
    ),
    (
        "en",
        "The lamps work with Alexa.",
        "Our lamps work with dimmers.",
    ),
    (
        "en",
        "You can pay by card, PayPal or bank transfer.",
        "You can pay when the parcel arrives.",
    ),
    (
        "en",
        "The shop is closed on Sundays.",
        "The shop is closed on public holidays.",
    ),
    (
        "en",
        "The shop is closed on Sundays.",
        "The shop is open from Monday to Saturday, 10 am to 7 pm.",
    ),
    (
        "en",
        "You can change the delivery address until it is shipped.",
        "You can change your password in your account.",
    ),
    (
        "en",
        "The guarantee is two years.",
        "Returns are free for a month.",
    ),
    (
        "en",
        "Dogs are welcome.",
        "Children are welcome in the shop.",
    ),
    (
        "en",
        "An invoice is attached to the confirmation e-mail.",
        "A confirmation e-mail is sent once you have ordered.",
    ),
    (
        "en",
        "Your account can be deleted in the settings.",
        "Your account can be created in a minute.",
    ),
    (
        "fr",
        "Oui, nous livrons en Suisse.",
        "Nous livrons en France et en Belgique.",
    ),
    (
        "fr",
        "L’emballage cadeau est possible.",
        "Les chèques-cadeaux sont valables un an.",
    ),
    (
        "fr",
        "Le retour est possible pendant 30 jours.",
        "Le retour est possible pendant 14 jours.",
    ),
    (
        "fr",
        "Nos lampes ne fonctionnent pas avec Alexa.",
        "Nos lampes fonctionnent avec Alexa.",
    ),
    (
        "fr",
        "Vous pouvez payer en trois fois.",
        "Vous pouvez payer par carte ou PayPal.",
    ),
    (
        "fr",
        "Le magasin est fermé le dimanche.",
        "Le magasin est fermé les jours fériés.",
    ),
    (
        "fr",
        "La garantie dure deux ans.",
        "Le retour est gratuit pendant un mois.",
    ),
    (
        "fr",
        "Vous pouvez changer l’adresse tant que le colis n’est pas parti.",
        "Vous pouvez suivre le colis dès qu’il est parti.",
    ),
]
