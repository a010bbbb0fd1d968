import DocumentKit
package import ServiceKit

/// A list that a partner fetches of us, such as the one-stop's officials: data of a profile. What stands in it the site says.
package struct CallbackList: Sendable {
  /// Below `/callbacks/<profile>/`.
  package var path: String
  package var title: String
  /// The schema of the answer, below `Schemas/`.
  package var schema: String
  /// With `"{items}"` where the list goes.
  package var given: AnswerTemplate
}

extension CallbackList {
  /// The place of the list in an answer.
  package static let items = "items"

  /// Reads one of `lists` of a profile's `callbacks`.
  init(reading section: ConfigurationSection, path: String) {
    self.path = path
    title = section.string("title")
    schema = section.string("schema")
    given = AnswerTemplate(reading: section.requiredSection("answer"))
    let (one, other) = ([UInt8]("[1]".utf8), [UInt8]("[2]".utf8))
    if section.isPresent, given.body([:], values: [Self.items: one]) == given.body([:], values: [Self.items: other]) {
      section.note(
        Sentence("the list has no place in the answer", "danh sách không có chỗ trong câu trả lời"), key: "answer",
        remedy: Sentence("write \"{items}\" where it goes", "hãy viết \"{items}\" ở chỗ của danh sách"))
    }
  }

  /// The answer with the list in it, a JSON array.
  package func answer(_ items: [UInt8]) -> [UInt8] { given.body([:], values: [Self.items: items]) }
}
