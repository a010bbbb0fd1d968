import DossierModel

/// What the changes of a batch name beforehand: what is locked and looked up at its start.
struct BatchSubjects {
  /// A record's place among the messages with the same key.
  struct KeyPlace: Hashable {
    let sender: PartyID
    let key: String
  }

  /// A record's place among the messages of which only the latest is compared.
  struct LatestPlace: Hashable {
    let dossier: DossierCode
    let sender: PartyID
    let type: String

  }

  private(set) var messages = 0
  private(set) var newDeliveries = 0
  private(set) var deliveries: Set<DeliveryID> = []
  private(set) var streams: Set<DeliveryStream> = []
  private(set) var dossiers: Set<DossierCode> = []
  private(set) var keys: Set<KeyPlace> = []
  private(set) var latest: Set<LatestPlace> = []

  init(_ batch: [StoreChange]) {
    for change in batch {
      switch change.subject {
      case .records(let records): for record in records { add(record) }
      case .exchange(let exchange): for settlement in exchange.settlements { deliveries.insert(settlement.delivery) }
      case .delivery(let id): deliveries.insert(id)
      case .unknown: break
      }
    }
  }

  private mutating func add(_ record: MessageRecord) {
    messages += 1
    newDeliveries += record.deliveries.count
    dossiers.insert(record.fields.code)
    for delivery in record.deliveries {
      streams.insert(DeliveryStream(destination: delivery.destination, dossier: record.fields.code))
    }
    switch record.envelope.key?.scope {
    case .always?: keys.insert(KeyPlace(sender: record.envelope.sender, key: record.envelope.key?.text ?? ""))
    case .latest?: latest.insert(LatestPlace(record))
    case nil: break
    }
  }
}

extension BatchSubjects.LatestPlace {
  init(_ record: MessageRecord) {
    self.init(dossier: record.fields.code, sender: record.envelope.sender, type: record.envelope.type)
  }
}
