package import DossierModel
package import JSONKit
import ServiceKit

/// A receipt in JSON, the same on every front door.
package enum ReceiptDocument {
  package static func write(_ receipt: Receipt, to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, value) in [
      ("id", receipt.id.description), ("dossier", receipt.dossier.text), ("sha256", receipt.digest.description),
      ("receivedAt", receipt.receivedAt.rfc3339(offset: .vietnam)), ("state", receipt.statePath),
    ] {
      writer.name(name)
      writer.string(value)
    }
    writer.endObject()
  }
}
