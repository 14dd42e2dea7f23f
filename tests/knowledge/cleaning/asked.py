"""The same questions as different customers ask them: each paragraph is one question."""

from __future__ import annotations

ENGLISH = """
Where is my order?
when will my parcel arrive
my package still hasn't come, where is it?
Can I track my delivery?

How do I return an item?
i want to send something back
What's the process for returns?
the size is wrong, how can I return it

How long do I have to return something?
until when can I send an item back?
Is there a deadline for returns?
return period?

When will I get my refund?
how long does a refund take
I sent my shoes back two weeks ago and still no money
My refund has not arrived yet

Can I change my delivery address?
I moved house, how do I update the shipping address of my order
wrong address on my order, can you fix it

I forgot my password
how do I reset my password?
can't log in, I don't remember my password
Password reset please

How do I cancel my order?
please cancel the order I made this morning
Is it possible to cancel a purchase?

Do you ship to Belgium?
can you deliver abroad
which countries do you deliver to?
Do you send parcels to Switzerland

How much is shipping?
what does delivery cost
Is delivery free?
delivery fees for a small parcel?

Which payment methods do you accept?
can I pay with PayPal
do you take credit cards?
how can I pay

My promo code does not work
the discount code is rejected
voucher code invalid, why?
when do promo codes expire

How do I delete my account?
please close my account
I want my data and my account removed

Do you have a shop in London?
where are your stores
Can I come and see the sofa in a showroom?

I need an invoice
how can I download my invoice?
Where do I find the receipt of my purchase?

The lamp arrived broken
my item is damaged
I received a defective product, what can I do
the glass was smashed in the parcel

How do I wash the cotton cover?
can the cover go in the washing machine
washing instructions for the cushion covers
"""

FRENCH = """
Où est ma commande ?
quand est-ce que mon colis arrive
je n'ai toujours pas reçu mon paquet
Comment suivre ma livraison ?

Comment retourner un article ?
je voudrais renvoyer un produit
Quelle est la procédure de retour ?
mauvaise taille, comment je fais pour le retour

Quel est le délai de retour ?
jusqu'à quand puis-je renvoyer un article ?
combien de jours pour retourner un achat

Quand serai-je remboursé ?
combien de temps prend le remboursement
j'ai renvoyé mes chaussures et toujours pas de remboursement

Puis-je changer l'adresse de livraison ?
j'ai déménagé, comment modifier l'adresse de ma commande
mauvaise adresse sur ma commande, pouvez-vous corriger

J'ai oublié mon mot de passe
comment réinitialiser mon mot de passe ?
impossible de me connecter, je ne me souviens plus du mot de passe

Comment annuler ma commande ?
merci d'annuler la commande passée ce matin
Est-il possible d'annuler un achat ?

Livrez-vous en Belgique ?
vous livrez à l'étranger ?
dans quels pays livrez-vous ?

Combien coûte la livraison ?
quels sont les frais de port
La livraison est-elle gratuite ?

Quels moyens de paiement acceptez-vous ?
est-ce que je peux payer avec PayPal
vous prenez la carte bancaire ?

Mon code promo ne marche pas
le code de réduction est refusé
code promotionnel invalide, pourquoi ?

Comment supprimer mon compte ?
je souhaite fermer mon compte
merci d'effacer mon compte et mes données

Avez-vous un magasin à Lyon ?
où sont vos boutiques
peut-on voir le canapé en showroom ?

J'ai besoin d'une facture
comment télécharger ma facture ?
Où trouver le reçu de mon achat ?

La lampe est arrivée cassée
mon article est abîmé
j'ai reçu un produit défectueux, que faire
"""


# What agents answer to each paragraph of the English ones, in two ways.
ANSWERS = """
You can follow your parcel with the link in the dispatch e-mail.
Open the tracking link that we sent you when the parcel left us.

Print the return label from your account and drop the parcel at a post office.
Please use the return label in your account and bring the package to the post.

Items can be returned within 30 days after delivery.
You have 30 days from delivery to send anything back.

Refunds are made within five working days after we have received the return.
We refund you five working days after your return has reached our warehouse.

As long as it has not left the warehouse, the address can be changed in your account.
You can edit the delivery address in your account until the parcel is dispatched.

Click on "Forgot password" on the login page and follow the link we mail you.
Use "Forgot password" at login; you then get a link by e-mail.

An order can be cancelled in your account until it is dispatched.
Until dispatch there is a cancel button beside the order in your account.

We deliver to all countries of the European Union and to Switzerland.
We ship to Switzerland and all of the EU.

Standard delivery costs 4.90 euros and is free from 60 euros.
Delivery is 4.90 euros, and free above 60 euros.

We accept cards, PayPal and bank transfer.
You can pay by card, with PayPal or by bank transfer.

Promo codes are valid for 7 days and only for one order.
Each promo code expires after 7 days and works once.

Choose "Delete account" in the settings; your data is erased after 30 days.
In the settings you find "Delete account", which erases your data.

Our showroom is in Camden, open Monday to Saturday.
You can visit the showroom in Camden from Monday to Saturday.

The invoice can be downloaded as a PDF beside each order.
Beside every order there is a link to the invoice as PDF.

Send us a photo of the damage and we replace the item free of charge.
If you send a picture of the damage, we will replace it for free.

The covers can be washed at 30 degrees, inside out.
Wash covers inside out at 30 degrees.
"""


def asked(text: str) -> list[tuple[int, str]]:
    """Each question with the number of its paragraph."""
    paragraphs = enumerate(text.strip().split("\n\n"))
    return [(number, line.strip()) for number, paragraph in paragraphs for line in paragraph.splitlines()]
