"""French turns and wordings of every contact reason."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

WORDS = read_words(
    """
[voice]
hello: Bonjour,
hello: Bonjour Madame, Monsieur,
hello: Bonsoir,
hello: Chère équipe Northlight,
hi: Bonjour !
hi: Salut,
hi: Bonjour, petite question :
opener: J'espère que vous pourrez m'aider.
opener: Je n'ai rien trouvé dans le centre d'aide.
opener: Je vous écris au nom de {company}.
opener: J'ai déjà appelé le {date}.
extra: J'utilise l'application sur un {device}.
extra: Mon compte est au nom de {email}.
extra: Vous pouvez me joindre au {phone} jusqu'à {hour}.
extra: Je joins une photo.
past: Je l'ai remarqué le {date}.
extra: J'ai la formule {plan}.
angry: C'est inadmissible.
angry: Je suis très déçu et vraiment en colère.
angry: Je n'ai jamais vu un service aussi mauvais.
angry: Si ce n'est pas réglé aujourd'hui, je résilie tout.
polite: Sinon, je suis très content de vos produits.
polite: Merci beaucoup, vous êtes toujours très aimables !
mixed: Le produit est superbe, le suivi est une catastrophe.
mixed: Bravo, c'est la troisième fois cette année.
bye: Cordialement,
bye: Bien à vous,
bye: Merci d'avance,
bye: Avec mes remerciements,
sign: {name}
sign: {fullname}
sign: {fullname}\\n{company}, {city}
sign: {name}\\n\\nEnvoyé depuis mon {device}
form: Commande : {order}\\nProduit : {product}
form: E-mail : {email}\\nTéléphone : {phone}
call: [Appel, {now}]\\nClient :
call: [Message vocal, {phone}]
social: @NorthlightCare
social: Bonjour @NorthlightCare,
tail: #northlight
tail: 😡
tail: Suis-je le seul ?
info: Le numéro de commande est {order}, du {date}.
info: J'ai toujours l'erreur {code}, sur un {device}.
info: La carte se termine par {card}, le montant était de {amount}.
info: Je viens d'essayer, c'est pareil.
info: Oui, le compte {email} est le bon.
chase: Avez-vous des nouvelles ?
chase: J'attends une réponse depuis {days} jours.
chase: Quelqu'un peut-il regarder le dossier {ticket} ?
furious: Toujours rien ! C'est honteux.
furious: Cela ne m'aide pas du tout, je suis furieux.
thanks: Merci beaucoup, ça marche maintenant !
thanks: Parfait, merci pour votre rapidité.
thanks: Tout est réglé, merci {agent}.
still: Désolé, le problème est revenu depuis {time}.
still: Le dossier est fermé, mais rien n'a changé.
still: Je n'ai toujours pas reçu {amount}, merci de vérifier.
ack: Merci pour votre message. Votre demande {ticket} est bien enregistrée.
ack: Bonjour, je suis Lumi, l'assistante virtuelle. Je vous passe l'équipe {team}.
agent_hello: Bonjour {name},
agent_hello: Cher/Chère {fullname},
agent_hi: Bonjour {name}, je suis {agent}.
agent_open: Merci pour votre message.
agent_open: Merci de nous avoir contactés.
agent_sorry: Je suis désolé pour ce désagrément.
agent_sorry: Je comprends votre colère et vous présente nos excuses.
agent_ask: Pouvez-vous m'indiquer le numéro de commande et la date d'achat ?
agent_ask: Pouvez-vous nous envoyer une photo ou une capture d'écran ?
agent_more: Merci. J'ai transmis à un collègue et je reviens vers vous sous {days} jours.
agent_more: Je vois cela avec le service concerné.
agent_more: Merci pour ces précisions, je reprends le dossier {order}.
agent_done: C'est fait. N'hésitez pas à revenir vers nous.
agent_done: Je ferme le dossier ; vous pouvez répondre à tout moment.
agent_next: Puis-je faire autre chose pour vous ?
agent_next: La confirmation sera envoyée à {email}.
agent_bye: Cordialement,\\n{agent}\\nNorthlight {team}
agent_bye: Bien à vous,\\n{agent}
wrote: Le {stamp}, {fullname} a écrit :
wrote_us: Le {answered}, {agent} (Northlight) a écrit :
mark: RE :
mark: TR :
mark: URGENT :
touch: Conversation avec {name}
direct: Message privé de {name}
ring: Appel de {phone}
good: Rapide et aimable, merci !
good: {agent} a été formidable.
bad: Beaucoup trop long.
bad: Mon problème n'est pas résolu, très décevant.
[refund]
subject: Remboursement de {order}
subject: Où est mon argent ?
says: J'ai renvoyé le {product} le {date} et j'attends toujours le remboursement.
says: Je souhaite rendre la commande {order} et être remboursé.
says: Le remboursement de {amount} n'est pas arrivé sur mon compte.
detail: J'ai payé avec la carte qui se termine par {card}.
detail: Votre site annonce {days} jours.
ask: Quand vais-je recevoir l'argent ?
ask: Merci de vérifier où en est le remboursement.
answer: J'ai lancé le remboursement de {amount} ; comptez {days} jours.
answer: Votre retour est arrivé, le remboursement de {order} est en route.
[double_charge]
subject: Débité deux fois, {order}
subject: Deux paiements de {amount}
says: J'ai été débité deux fois pour la commande {order}.
says: Il y a deux paiements de {amount} sur mon relevé du {date}.
says: La page de paiement s'est bloquée et j'ai payé en double.
detail: La carte se termine par {card}.
detail: Je n'ai reçu qu'une confirmation.
ask: Merci de rembourser l'un des deux.
ask: Lequel des deux est valable ?
answer: Vous avez raison, c'était un doublon. J'ai remboursé {amount}.
answer: Le second n'est qu'une réserve, il disparaît sous {days} jours.
[invoice]
subject: Facture pour {order}
subject: Copie de la facture {invoice}
says: J'ai besoin d'une copie de la facture de la commande {order}.
says: Il manque la facture {invoice} à notre comptabilité.
says: Le nom de la société est faux sur la facture.
detail: Le bon nom est {company}, {city}.
detail: C'est pour la clôture du trimestre.
ask: Merci de l'envoyer en PDF à {email}.
ask: Merci de la corriger.
answer: Vous trouverez la facture {invoice} corrigée en pièce jointe.
answer: Toutes les factures sont sous Compte, Facturation, Documents.
[late_delivery]
subject: Où est ma commande {order} ?
subject: Livraison en retard
says: Ma commande {order} devait arriver le {date} et n'est pas là.
says: Le colis {tracking} ne bouge plus depuis {days} jours.
says: J'attends toujours mon {product}.
says: Le colis est indiqué comme livré, mais je n'ai rien reçu.
detail: L'adresse est à {city}.
detail: C'est un cadeau d'anniversaire.
ask: Quand va-t-il arriver ?
ask: Merci de chercher où se trouve le colis.
answer: J'ai ouvert une enquête auprès du transporteur pour {tracking}.
answer: Le colis était bloqué à {city} et repart.
[damaged_item]
subject: {product} arrivé cassé
subject: Colis abîmé, {order}
says: Mon {product} est arrivé abîmé.
says: Le carton était écrasé et l'appareil est cassé.
says: Le {product} de la commande {order} ne s'allume pas.
detail: Je joins deux photos.
detail: Il est arrivé le {date}.
ask: Je voudrais un remplacement.
ask: Comment le renvoyer ?
answer: J'ai commandé un nouveau {product} ; gardez l'ancien.
answer: Merci pour les photos, j'ai accordé un remboursement de {amount}.
[cancellation]
subject: Résilier mon abonnement
subject: Fin de la formule {plan}
says: Je veux résilier mon abonnement {plan}.
says: J'ai résilié le {date} et on m'a encore prélevé {amount}.
says: Je ne trouve pas le bouton pour résilier.
detail: Le compte est {email}.
detail: Nous ne l'utilisons presque plus.
ask: Merci de confirmer par écrit.
ask: Y a-t-il un préavis ?
answer: Votre abonnement s'arrête à la fin de la période, plus rien ne sera prélevé.
answer: C'est résilié et j'ai remboursé {amount}.
[wrong_item]
subject: Mauvais article, {order}
subject: Ce n'est pas ma commande
says: J'ai commandé un {product} et j'ai reçu autre chose.
says: Dans le colis de {order} il y a un article qui n'est pas à moi.
detail: L'étiquette indique {tracking}.
detail: La confirmation du {date} est juste.
ask: Merci d'envoyer le bon article.
ask: Que faire du mauvais ?
answer: Le bon {product} est en route avec {tracking}.
answer: Vous pouvez renvoyer l'autre sans frais.
[login]
subject: Connexion impossible
subject: Code refusé
says: Je ne peux plus me connecter à mon compte.
says: Le code de vérification est toujours refusé.
says: Après le mot de passe, je vois seulement l'erreur {code}.
says: Mon compte {email} est bloqué depuis le {date}.
detail: J'ai essayé avec {browser} et avec l'application.
detail: Les codes de secours ne marchent pas non plus.
ask: Merci de débloquer le compte.
ask: Que puis-je faire ?
answer: J'ai réinitialisé le second facteur.
answer: Le compte était bloqué, il est de nouveau ouvert.
[password_reset]
subject: Mot de passe oublié
subject: Aucun e-mail reçu
says: J'ai oublié mon mot de passe et l'e-mail n'arrive pas.
says: Le lien serait expiré.
says: Impossible de choisir un nouveau mot de passe, j'ai {code}.
detail: L'adresse est {email}.
detail: Il n'est pas non plus dans les indésirables.
ask: Pouvez-vous m'envoyer un nouveau lien ?
ask: Combien de temps le lien est-il valable ?
answer: Un nouveau lien est parti à {email}, il est valable une heure.
answer: Il faut au moins douze caractères.
[app_crash]
subject: L'application plante
subject: Erreur {code} dans l'application
says: L'application Harbor plante dès l'ouverture.
says: Depuis la version {version}, l'application se ferme toute seule.
says: L'écran reste blanc sur mon {device}.
detail: Je l'ai déjà réinstallée.
detail: Tout marchait jusqu'au {date}.
ask: Y a-t-il une solution ?
ask: Quand sort la prochaine version ?
answer: C'est un défaut connu de la {version} ; installez la mise à jour.
answer: Videz le cache et rouvrez l'application.
[api_error]
subject: L'API renvoie {code}
subject: Intégration en panne
says: Notre intégration reçoit {code} de votre API.
says: Le webhook du {product} n'arrive plus depuis le {date}.
says: La clé d'API de {company} est refusée.
detail: La requête est {tracking}.
detail: Avec l'ancienne clé, ça marche.
ask: Est-ce un problème connu ?
ask: Un technicien peut-il regarder ?
answer: J'ai trouvé la requête {tracking} ; il manquait un droit.
answer: Le webhook était en pause, il marche de nouveau.
[device_offline]
subject: {product} hors ligne
subject: Plus de connexion
says: Mon {product} est hors ligne et ne revient pas.
says: Le {product} ne se connecte plus au wifi.
says: Le voyant clignote en rouge depuis le {date}.
detail: La box est à deux mètres.
detail: Je l'ai déjà remis à zéro.
ask: Que puis-je essayer d'autre ?
ask: L'appareil est-il cassé ?
answer: Maintenez le bouton dix secondes et ajoutez l'appareil à nouveau.
answer: L'appareil est en panne, j'ai demandé l'échange.
[upgrade]
subject: Question sur les prix
subject: Devis pour {company}
says: Nous voulons passer de {plan} à une formule supérieure.
says: Combien coûte Pro pour vingt personnes ?
says: Y a-t-il une remise pour les écoles ?
detail: Nous sommes une quarantaine.
detail: Notre budget est de {amount} par mois.
ask: Merci de m'envoyer une offre.
ask: Que nous conseillez-vous ?
answer: Voici une offre de {amount}, valable 30 jours.
answer: Vous pouvez changer quand vous voulez et payez la différence.
[privacy]
subject: Mes données personnelles
subject: Supprimer mon compte
says: Envoyez-moi toutes les données que vous avez sur moi.
says: Je veux la suppression de mon compte et de mes données.
says: Où sont stockés les enregistrements du {product} ?
detail: C'est une demande selon l'article 15 du RGPD.
detail: Le compte est {email}.
ask: Merci de confirmer la suppression.
ask: Qui est votre délégué à la protection des données ?
answer: L'export est prêt, le lien a été envoyé à {email}.
answer: Le compte sera effacé sous {days} jours.
[feature_request]
subject: Une idée pour l'application
subject: Suggestion
says: Ce serait bien que le {product} ait une minuterie.
says: Pourriez-vous ajouter un mode sombre ?
says: Il me manque un bilan hebdomadaire du {product}.
detail: D'autres marques l'ont déjà.
detail: Je m'en servirais tous les jours.
ask: Est-ce prévu ?
ask: Merci de transmettre aux développeurs.
answer: Merci pour l'idée, votre voix est notée.
answer: C'est prévu pour la prochaine version.
[onboarding]
subject: Aide pour l'installation
subject: Premiers pas avec {product}
says: Je viens d'acheter le {product} et j'ai besoin d'aide pour l'installer.
says: Comment ajouter une deuxième maison ?
says: Nous sommes nouveaux et voudrions une formation pour {company}.
detail: J'utilise un {device}.
detail: C'est un appartement de quatre pièces.
ask: Y a-t-il une vidéo ?
ask: Quelle est la première étape ?
answer: Ouvrez Réglages, Maisons, Ajouter.
answer: Le rendez-vous est pris, l'invitation est partie à {email}.
[praise]
subject: Merci !
subject: Bravo à {agent}
says: Je voulais juste dire merci, {agent} a été formidable.
says: J'adore mon nouveau {product}, il marche à merveille.
says: Quel service excellent, le remplacement est arrivé le lendemain !
detail: Toute la famille est ravie.
detail: Je vous recommanderai à {city}.
ask: Continuez comme ça !
ask: Inutile de répondre.
answer: Merci pour ces mots, je les transmets à l'équipe.
answer: Cela nous fait très plaisir, profitez bien de votre {product} !
"""
)
