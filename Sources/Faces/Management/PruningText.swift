package import DossierModel
package import DossierStore
import ServiceKit

/// Tells an operator that a message's bytes are gone: when, by which rule, and what follows.
package enum PruningText {
  package static func sentence(for message: MessageID, _ pruning: Pruning) -> String {
    "the bytes of the message \(message) were removed on \(pruning.at.rfc3339(offset: .vietnam, fraction: .none)) by the rule "
      + "‘\(pruning.rule)’; what is left is who sent it, to whom it went and when; it cannot be sent or translated again"
  }
}
