package import Dictionaries
package import DocumentKit
package import DossierModel
package import Orchestration
package import Routing
package import Translation
package import Validation

/// The line: what happens to every message between its arrival and the one commit, in the order it happens.
///
/// Read this list first. Stations live in rooms of their own; none knows another.
/// Each is pure, but that the enricher may look into the ledger and that files are kept as they come: a claimed file is on
/// the disk before the commit. A station that throws
/// a `Refusal` ends the journey: nothing was stored, and the sender is told in its own tongue. What comes out at the end
/// is one record, which `MessageIntake` gives to the store; the answer leaves after the commit.
package struct DossierLine: MessageLine {
  package let stations: [any Station]
  private let routes: RecipientList
  /// The stations that make a recipient's document.
  private let outward: [any Station]

  /// - Parameters:
  ///   - procedures: finds the messages of procedures that are conducted; nil where none is.
  ///   - order: of the canonical schema.
  package init(
    schemas: SchemaRegistry, toCanonical: [String: Mapping], fromCanonical: [String: Mapping], routes: RecipientList,
    rules: [String: [CodeRule]] = [:], dictionaries: DictionaryShelf = DictionaryShelf(),
    procedures: ProcedureRecognition? = nil, files: (any FileDesks)? = nil, order: ElementOrder = .unknown,
    enrichments: Enrichments = .none, known: @escaping @Sendable (DossierCode) -> DocumentTree?
  ) {
    self.routes = routes
    outward = [
      RecipientTranslation(mappings: fromCanonical, files: files, dictionaries: dictionaries),
      TargetValidation(schemas: schemas),
    ]
    let inward: [any Station] = [
      SourceValidation(schemas: schemas),
      DictionaryValidation(rules: rules, dictionaries: dictionaries),
      CanonicalTranslation(mappings: toCanonical, files: files, dictionaries: dictionaries),
      NestedValidation(schemas: schemas),
      ContentEnricher(order: order, enrichments: enrichments, known: known),
    ]
    stations = inward + (procedures.map { [$0] } ?? []) + [routes] + outward
  }

  package func process(_ passage: consuming Passage) throws(Refusal) -> MessageRecord {
    for station in stations { try station.process(&passage) }
    guard let fields = passage.fields else { preconditionFailure("the line reads the dossier's fields on its way") }
    return MessageRecord(
      envelope: passage.envelope, fields: fields, facts: passage.facts, body: passage.body,
      deliveries: passage.outputs.map { NewDelivery($0, facts: passage.facts) }, files: passage.files,
      note: passage.note,
      conducted: passage.conducted)
  }

  /// A document that a procedure owes a party, written in a message of that kind; nil where the party takes none for it.
  ///
  /// - Parameter envelope: of the message whose files it may name.
  func output(
    _ canonical: DocumentTree, of envelope: Envelope, to party: PartyID, as kind: MessageKind
  ) throws(Refusal) -> NewDelivery? {
    guard let recipient = routes.recipient(party, of: kind, at: canonical.root) else { return nil }
    var passage = Passage(
      envelope: envelope, type: recipient.type, source: canonical, root: canonical.root, json: nil, body: [])
    passage.canonical = canonical
    passage.recipients = [recipient]
    for station in outward { try station.process(&passage) }
    return passage.outputs.first.map { NewDelivery($0, facts: passage.facts) }
  }
}

extension NewDelivery {
  fileprivate init(_ output: Passage.Output, facts: CaseFacts) {
    self.init(
      destination: output.recipient.party, type: output.recipient.type.name, payload: output.bytes, files: output.files,
      heldReason: output.heldReason, note: output.note,
      coalesces: output.recipient.coalescing == .latestProgress && facts.marks.contains(.plainProgress))
  }
}
