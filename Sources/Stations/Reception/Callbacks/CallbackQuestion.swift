import DocumentKit
import HTTPKit
package import ServiceKit
package import XMLKit

/// A question that a partner puts to us about a dossier, answered from the messages that came about it: data of a profile.
package struct CallbackQuestion: Sendable {
  /// Below `/callbacks/<profile>/`.
  package var path: String
  package var title: String
  /// The dossier's code, at the root of the question.
  package var dossier: XPathExpression
  /// The type of the messages that are looked at.
  package var message: String
  /// True at the root of such a message, as it came, where the answer is yes.
  package var when: XPathExpression
  /// There is such a message; there is none.
  package var found: AnswerTemplate
  package var none: AnswerTemplate
  package var refusals: CallbackRefusals
}

extension CallbackQuestion {
  /// Reads one of `questions` of a profile's `callbacks`.
  ///
  /// - Parameter messages: names of the profile's messages that can be read.
  init(reading section: ConfigurationSection, path: String, profile: String, messages: Set<String>) {
    self.path = path
    title = section.string("title")
    dossier = Self.expression(section, "dossier")
    let message = section.string("message")
    if !message.isEmpty, !messages.contains(message) {
      section.note(
        Sentence("the profile has no message of this name", "hồ sơ đối tác không có bản tin tên này"), key: "message",
        remedy: .knownHere(messages.sorted()))
    }
    self.message = "\(profile)/\(message)"
    when = Self.expression(section, "when")
    let answers = section.requiredSection("answers")
    found = AnswerTemplate(reading: answers.requiredSection("found"), status: 200)
    none = AnswerTemplate(reading: answers.requiredSection("none"), status: 200)
    refusals = CallbackRefusals(reading: answers)
  }

  /// The expression of a key; where it is none, that is noted and one that selects nothing stands in its place.
  private static func expression(_ section: ConfigurationSection, _ key: String) -> XPathExpression {
    let text = section.string(key)
    do throws(XMLError) {
      return try XPathExpression(text.isEmpty ? "''" : text)
    } catch {
      section.note(
        Sentence("the expression cannot be used: \(error.message)", "không dùng được biểu thức này: \(error.message)"),
        key: key, remedy: Sentence("write an XPath 1.0 expression", "hãy viết biểu thức XPath 1.0"))
      guard let nothing = try? XPathExpression("''") else { preconditionFailure("an empty text is an expression") }
      return nothing
    }
  }
}
