import DossierModel

/// The deliveries about one dossier to one destination: they go out one after the other, in order of creation.
struct DeliveryStream: Hashable, Sendable {
  let destination: PartyID
  let dossier: DossierCode
}
