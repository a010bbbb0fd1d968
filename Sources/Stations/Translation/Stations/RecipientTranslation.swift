package import Dictionaries
import DocumentKit
package import DossierModel

/// Translates the canonical document for each recipient, into the bytes that will be sent.
///
/// A code without a counterpart in a recipient's table, or a file that is not here yet, holds that output alone: it is
/// accepted, kept and visible, and goes out when the table has been completed or the file has come. The other recipients are served.
package struct RecipientTranslation: Station {
  private let mappings: [String: Mapping]
  private let files: (any FileDesks)?
  private let dictionaries: DictionaryShelf?

  /// `mappings`: by the name of the message type they write. `files`: where claimed files are kept. `dictionaries`: those of the site.
  package init(mappings: [String: Mapping], files: (any FileDesks)? = nil, dictionaries: DictionaryShelf? = nil) {
    self.mappings = mappings
    self.files = files
    self.dictionaries = dictionaries
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let canonical = passage.canonical else { preconditionFailure("this station stands behind the canonical one") }
    var outputs: [Passage.Output] = []
    let view = dictionaries.map { DictionaryView($0, at: passage.envelope.receivedAt) }
    outputs.reserveCapacity(passage.recipients.count)
    for recipient in passage.recipients {
      guard let mapping = mappings[recipient.type.name] else {
        preconditionFailure("the site gives '\(recipient.party)' a type without a mapping; its check forbids that")
      }
      let desk = files?.desk(sender: passage.envelope.sender, recipient: recipient.party)
      switch try mapping.outcome(for: canonical, at: canonical.root, files: desk, dictionaries: view) {
      case .translated(let tree, let report, let nested):
        outputs.append(
          Passage.Output(
            recipient: recipient, tree: tree, bytes: try Self.bytes(of: tree, by: mapping), files: report.digests,
            nested: nested.written, note: report.summary(of: mapping.label)))
      case .held(let reason):
        outputs.append(
          Passage.Output(
            recipient: recipient, tree: nil, bytes: [], files: passage.files, heldReason: reason.messageEnglish))
      case .refused(let findings):
        throw Refusal(
          .invalid,
          english:
            "for '\(recipient.party)' the message breaks \(findings.count) rule(s) of the mapping \(mapping.label)",
          vietnamese: "đối với '\(recipient.party)', thông điệp vi phạm quy tắc của ánh xạ \(mapping.label)",
          findings: findings)
      }
    }
    passage.outputs = outputs
  }

  private static func bytes(of tree: DocumentTree, by mapping: Mapping) throws(Refusal) -> [UInt8] {
    do throws(DocumentError) {
      return try tree.serialised()
    } catch {
      throw .failing(mapping, because: error.message)
    }
  }
}
