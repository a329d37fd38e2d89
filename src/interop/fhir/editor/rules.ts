export interface ConformityRule {
  /** An error costs slots or misleads; a warning was mended or has no effect here. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, in French, for the vendor's engineer. */
  readonly says: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Section of the specification. */
  readonly reference: string;
}

const IG = "Guide d'implémentation SAS";
const error = (says: string, remedy: string, reference: string): ConformityRule => ({ severity: 'error', says, remedy, reference: `${IG}, ${reference}` });
const warning = (says: string, remedy: string, reference: string): ConformityRule => ({ severity: 'warning', says, remedy, reference: `${IG}, ${reference}` });

/** Every departure from the specification that the reading of an answer can find, by code. */
export const conformityRules = {
  // The answer as a whole
  'bundle-expected': error("La réponse n'est pas un Bundle.", 'Répondre un Bundle de type searchset, même quand aucun créneau ne correspond.', 'recherche de créneaux'),
  'bundle-type': warning("Le Bundle n'est pas de type searchset.", 'Renseigner Bundle.type = searchset.', 'recherche de créneaux'),
  'total-missing': warning('Bundle.total est absent.', 'Renseigner Bundle.total avec le nombre de créneaux (0 quand il n’y en a pas).', 'recherche de créneaux'),
  'total-mismatch': warning('Bundle.total ne correspond pas au nombre de créneaux.', 'Renseigner Bundle.total avec le nombre de ressources Slot.', 'recherche de créneaux'),
  'self-link-missing': warning('Le lien self est absent.', "Renvoyer l'adresse demandée, telle que reçue, dans Bundle.link de relation self.", 'recherche de créneaux'),
  'next-link-foreign': error("Le lien next mène à un autre serveur : il n'a pas été suivi.", 'Répondre tous les créneaux en un seul Bundle, ou un lien next sur la même adresse.', 'pagination'),
  'next-link-cap': warning('Trop de pages : la lecture s’est arrêtée avant la fin.', 'Répondre tous les créneaux en un seul Bundle.', 'pagination'),
  'next-link-failed': error("Une page suivante n'a pas pu être lue ; les précédentes ont été gardées.", 'Répondre tous les créneaux en un seul Bundle.', 'pagination'),
  'entry-unreadable': error("Une entrée n'a pas de ressource lisible.", 'Mettre une ressource avec son resourceType dans chaque entry.', 'Bundle'),
  'entry-id-missing': error("Une ressource n'a pas d'id : rien ne peut s'y rattacher.", 'Renseigner id sur chaque ressource.', 'Bundle'),
  'resource-duplicate': warning('La même ressource figure deux fois dans la réponse.', 'Inclure chaque ressource une seule fois.', 'Bundle'),
  'outcome-in-bundle': warning('La réponse contient un OperationOutcome.', 'Lire son texte : il vient de votre serveur.', 'Bundle'),
  'patient-in-answer': error("La réponse contient une ressource de patient : elle n'a pas été lue.", 'Ne jamais envoyer de donnée de patient à la plateforme.', 'données transmises'),
  'profile-missing': warning('meta.profile est absent.', 'Porter sur chaque ressource l’adresse de son profil.', 'profils'),
  'profile-several': warning('meta.profile porte plusieurs profils.', "Ne porter qu'un profil : l'outil officiel compare par égalité.", 'profils'),
  'element-type': error("Un élément n'a pas le type attendu : il a été ignoré.", 'Respecter le type FHIR R4 de cet élément.', 'profils'),
  'empty-element': warning('Un élément est vide.', 'Ne pas envoyer un élément sans valeur.', 'FAQ 10, éléments vides'),

  // References between resources
  'reference-absolute': warning('Une référence est absolue ou en urn : elle a été résolue.', 'Écrire des références relatives, par exemple Schedule/123.', 'références'),
  'slot-schedule': error("Le créneau n'est rattaché à aucun Schedule de la réponse : il a été écarté.", 'Renseigner Slot.schedule et inclure le Schedule.', 'Slot.schedule'),
  'schedule-practitioner': error("Le Schedule ne désigne pas un professionnel de la réponse : ses créneaux ont été écartés.", 'Mettre dans Schedule.actor un seul Practitioner et l’inclure.', 'Schedule.actor'),
  'schedule-practitioner-missing': warning("Le Schedule ne désigne pas le professionnel ; il a été trouvé par le PractitionerRole.", 'Mettre dans Schedule.actor le Practitioner et le PractitionerRole.', 'Schedule.actor'),
  'schedule-role': error("Le Schedule ne désigne pas un PractitionerRole de la réponse : le lieu est inconnu, ses créneaux ont été écartés.", 'Mettre dans Schedule.actor un seul PractitionerRole et l’inclure.', 'Schedule.actor'),
  'role-practitioner': error("Le Schedule et le PractitionerRole désignent deux professionnels différents : les créneaux ont été écartés.", 'Désigner le même Practitioner des deux côtés.', 'PractitionerRole.practitioner'),
  'role-location': error("Le PractitionerRole ne désigne pas de lieu de la réponse : ses créneaux ont été écartés.", 'Mettre le lieu dans PractitionerRole.contained et le désigner par #id.', 'PractitionerRole.location'),
  'location-not-contained': warning('Le lieu est une ressource à part.', 'Mettre le lieu dans PractitionerRole.contained.', 'PractitionerRole.location'),
  'schedule-location': error("Le Schedule ne désigne pas un lieu de la réponse : ses créneaux ont été écartés.", 'Mettre dans Schedule.actor une seule Location et l’inclure.', 'SOS Médecins, Schedule.actor'),
  'location-organization': error("Le lieu n'est rattaché à aucune association de la réponse : ses créneaux ont été écartés.", 'Renseigner Location.managingOrganization et inclure l’Organization.', 'SOS Médecins, Location'),
  'cpts-link': error("Une CPTS du créneau n'a pas pu être identifiée.", 'Mettre l’extension vers un HealthcareService, son providedBy vers une Organization, et inclure les deux.', 'FAQ 6 et 11, CPTS'),
  'cpts-missing': warning("Le créneau est de type CPTS mais aucune CPTS n'est désignée.", 'Ajouter un serviceType 604 avec son extension pour chaque CPTS.', 'FAQ 6, CPTS'),

  // Identifiers
  'practitioner-id': error("Le professionnel n'a pas d'identifiant national lisible : ses créneaux ont été écartés.", 'Donner 8 + RPPS ou 0 + ADELI, système urn:oid:1.2.250.1.71.4.2.1.', 'FAQ 1, identifiants'),
  'organization-id': error("L'association n'a pas de SIRET lisible : ses créneaux ont été écartés.", 'Donner 3 + SIRET, système urn:oid:1.2.250.1.71.4.2.2.', 'FAQ SOS 1, identifiants'),
  'structure-id': warning("L'identifiant de la structure n'est pas lisible.", 'Donner 1 + FINESS, 3 + SIRET ou 4 + RPPS rang.', 'FAQ 1, identifiants'),
  'id-not-prefixed': warning("L'identifiant n'a pas son préfixe ; il a été complété.", 'Préfixer : 8 RPPS, 0 ADELI, 1 FINESS, 3 SIRET, 4 RPPS rang.', 'FAQ 1, préfixes'),
  'identifier-system': warning("L'identifiant n'a pas le système attendu ; il a été lu quand même.", 'Écrire urn:oid: suivi de l’OID du référentiel.', 'FAQ, identifiants'),
  'identifier-type': warning("L'identifiant n'a pas de type.", 'Renseigner system, type et value.', 'FAQ, identifiants'),
  'professional-not-asked': error("Ce professionnel n'a pas été demandé : ses créneaux ont été écartés.", 'Ne répondre que les professionnels demandés.', 'recherche de créneaux'),
  'association-not-asked': error("Cette association n'a pas été demandée : ses créneaux ont été écartés.", 'Ne répondre que les associations demandées.', 'recherche SOS Médecins'),

  // Slots
  'slot-not-free': error("Le créneau n'est pas libre : il a été écarté.", 'Ne répondre que les créneaux de statut free.', 'Slot.status'),
  'slot-dates': error("Le début ou la fin du créneau manque ou n'est pas une date : il a été écarté.", 'Écrire AAAA-MM-JJThh:mm:ss.SSS+hh:mm.', 'Slot.start, Slot.end'),
  'slot-end-before-start': error('Le créneau finit avant de commencer : il a été écarté.', 'Vérifier Slot.start et Slot.end.', 'Slot.start, Slot.end'),
  'slot-past': error('Le créneau est passé : il a été écarté.', 'Ne jamais répondre de créneau passé.', 'recherche de créneaux'),
  'slot-outside-window': warning('Le créneau est hors de la période demandée : il a été écarté.', 'Appliquer les deux bornes de start, incluses.', 'recherche de créneaux'),
  'date-without-zone': warning("La date n'a pas de fuseau ; elle a été lue à l'heure de Paris.", 'Écrire le décalage, par exemple +01:00.', 'Slot.start, Slot.end'),
  'date-format': warning("La date n'a pas exactement la forme attendue ; elle a été lue.", 'Écrire les millisecondes et le décalage : AAAA-MM-JJThh:mm:ss.SSS+hh:mm.', 'Slot.start, Slot.end'),
  'slot-type': warning("Le type de créneau manque ou n'est pas un code connu.", 'Mettre dans meta.security les codes PUBLIC, PRO, SNP, CPTS (PUBLIC et SNP pour SOS Médecins).', 'FAQ 4, type de créneau'),
  'slot-modality': warning("Le type de consultation manque ou n'est pas un code connu.", 'Mettre dans serviceType les codes AMB, HH, VR.', 'FAQ 5, type de consultation'),
  'slot-appointment-type': warning("appointmentType manque ou n'est pas un code connu ; le créneau est montré comme sur rendez-vous.", 'Mettre ROUTINE (sur rendez-vous) ou WALKIN (sans rendez-vous).', 'Slot.appointmentType'),
  'booking-url-missing': warning("Le créneau sur rendez-vous n'a pas d'adresse d'agenda : il ne peut pas être réservé en ligne.", "Mettre dans Slot.comment l'adresse de l'agenda.", 'Slot.comment'),
  'booking-url-refused': error("L'adresse d'agenda n'est pas une adresse http ou https : elle a été refusée.", "Mettre dans Slot.comment une adresse https complète de l'agenda.", 'Slot.comment'),
  'slot-duplicate': warning('Le même créneau figure plusieurs fois ; il est montré une fois.', 'Répondre un seul Slot, avec toutes ses CPTS.', 'FAQ 11, créneaux'),

  // Places and people
  'practitioner-name': warning('Le nom ou le prénom du professionnel manque.', 'Renseigner Practitioner.name, family et given.', 'Practitioner.name'),
  'address-incomplete': warning("L'adresse du lieu est incomplète.", 'Donner une ligne, la ville et un code postal de cinq caractères.', 'Location.address'),
  'phone-format': warning("Le téléphone n'a pas la forme attendue ; il a été normalisé.", 'Écrire +33XXXXXXXXX.', 'FAQ 2, téléphone'),
  'phone-unreadable': warning("Le téléphone n'est pas un numéro français lisible ; il n'est pas montré.", 'Écrire +33XXXXXXXXX.', 'FAQ 2, téléphone'),
} as const satisfies Record<string, ConformityRule>;

export type RuleCode = keyof typeof conformityRules;
