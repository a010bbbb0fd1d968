package import Dictionaries
import DocumentKit
package import DossierModel
import XMLKit

/// Behind the schema: codes are valid by the dictionaries of their partners on the day on which the message came.
///
/// A dictionary that the site does not have refuses the message or lets it pass with a word in the journal, as the rule
/// says. It looks at the editions as they are when the message comes: a new one holds from the next message on.
package struct DictionaryValidation: Station {
  /// Findings in one refusal.
  package static let findingsLimit = 100

  private let rules: [String: [CodeRule]]
  private let dictionaries: DictionaryShelf

  /// `rules`: by the name of the message type.
  package init(rules: [String: [CodeRule]], dictionaries: DictionaryShelf) {
    self.rules = rules
    self.dictionaries = dictionaries
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let rules = rules[passage.type.name] else { return }
    let view = DictionaryView(dictionaries, at: passage.envelope.receivedAt)
    var findings: [Finding] = []
    var unchecked: [DictionaryName] = []
    var doubted = 0
    for rule in rules {
      // A path that cannot be evaluated (its cost has a limit) finds no codes, as one that leads nowhere.
      for node in (try? rule.value.nodes(at: passage.root)) ?? [] {
        let code = node.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !code.isEmpty else { continue }
        switch view.verdict(on: code, by: rule.dictionary) {
        case .valid: break
        case .unchecked: if !unchecked.contains(rule.dictionary.name) { unchecked.append(rule.dictionary.name) }
        case .invalid where rule.unknown == .warn: doubted += 1
        case .invalid(let complaint):
          if findings.count < Self.findingsLimit { findings.append(Self.finding(complaint, at: node, of: passage)) }
        }
      }
    }
    guard findings.isEmpty else {
      throw Refusal(
        .invalid, english: "\(findings.count) code(s) of the message are not valid by their dictionary",
        vietnamese: "\(findings.count) mã trong thông điệp không hợp lệ theo danh mục", findings: findings)
    }
    if doubted > 0 { passage.add(note: "\(doubted) code(s) not valid by their dictionary") }
    if !unchecked.isEmpty {
      let names = unchecked.map(\.description).joined(separator: ", ")
      passage.add(note: "codes not checked, for there is no edition of \(names)")
    }
  }

  private static func finding(_ complaint: DictionaryComplaint, at node: XMLNode, of passage: Passage) -> Finding {
    let position = passage.source.position(of: node)
    return Finding(
      path: passage.source.path(of: node), line: position?.line ?? 0, column: position?.column ?? 0,
      rule: "dictionary.\(complaint.dictionary)", messageVietnamese: complaint.messageVietnamese,
      messageEnglish: complaint.messageEnglish)
  }
}
