package import Dictionaries
package import DocumentKit
package import DossierModel
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

  package init(
    schemas: SchemaRegistry, toCanonical: [String: Mapping], fromCanonical: [String: Mapping], routes: RecipientList,
    rules: [String: [CodeRule]] = [:], dictionaries: DictionaryShelf = DictionaryShelf(),
    files: (any FileDesks)? = nil, known: @escaping @Sendable (DossierCode) -> DocumentTree?
  ) {
    stations = [
      SourceValidation(schemas: schemas),
      DictionaryValidation(rules: rules, dictionaries: dictionaries),
      CanonicalTranslation(mappings: toCanonical, files: files, dictionaries: dictionaries),
      NestedValidation(schemas: schemas),
      ContentEnricher(known: known),
      routes,
      RecipientTranslation(mappings: fromCanonical, files: files, dictionaries: dictionaries),
      TargetValidation(schemas: schemas),
    ]
  }

  package func process(_ passage: consuming Passage) throws(Refusal) -> MessageRecord {
    for station in stations { try station.process(&passage) }
    guard let fields = passage.fields else { preconditionFailure("the line reads the dossier's fields on its way") }
    return MessageRecord(
      envelope: passage.envelope, fields: fields, facts: passage.facts, body: passage.body,
      deliveries: passage.outputs.map { output in
        NewDelivery(
          destination: output.recipient.party, type: output.recipient.type.name, payload: output.bytes,
          files: output.files, heldReason: output.heldReason, note: output.note)
      },
      files: passage.files, note: passage.note)
  }
}
