import JSONKit
package import ServiceKit

/// Writes the story's documents: templates with their places filled in and some members replaced.
package struct StoryDocuments: Sendable {
  private let plan: StoryPlan
  private let startedAt: Timestamp
  /// The dossier codes' running numbers, in the order of the plan's document names.
  private let order: [String]

  /// Codes begin with the second of the day, so that a story told again brings new dossiers.
  package init(plan: StoryPlan, startedAt: Timestamp) {
    self.plan = plan
    self.startedAt = startedAt
    order = plan.documents.keys.sorted()
  }

  /// `<unit>-<yyMMdd>-<second of the day, document>`: 6 or 7 digits.
  package func code(of document: String) -> String {
    let dossier = plan.documents[document]?.dossier ?? document
    let number = (order.firstIndex(of: dossier) ?? 0) % 10
    guard let civil = CivilDateTime(startedAt, offset: .vietnam) else { preconditionFailure("the clock is set wrong") }
    let second = civil.hour * 3_600 + civil.minute * 60 + civil.second
    let date = Self.digits(civil).dropFirst(2).prefix(6)
    let unit = plan.documents[dossier]?.unit ?? plan.unit
    return "\(unit)-\(date)-\(Self.padded(second, width: 5))\(number)"
  }

  /// The document as JSON, laid out over lines so that places in it say something.
  package func json(_ name: String, now: Timestamp) throws(StoryFailure) -> [UInt8] {
    guard let document = plan.documents[name], let template = plan.templates[document.template] else {
      throw StoryFailure("the plan has no document \(name)")
    }
    let code = code(of: name)
    func filled(_ text: String) -> String {
      var text = text
      for (place, value) in [
        ("{{MaHoSo}}", code), ("{{bayGio}}", Self.time(now)), ("{{henTra}}", Self.time(now + .seconds(15 * 86_400))),
        ("{{ngayGio}}", FormMoment(now).dayAndTime),
      ] {
        text = text.split(separator: place, omittingEmptySubsequences: false).joined(separator: value)
      }
      return text
    }
    do {
      let root = try JSONDocument(parsing: filled(String(decoding: template, as: UTF8.self))).root
      var writer = JSONWriter(indent: 2)
      writer.beginObject()
      for member in root.members {
        writer.name(member.name)
        if let change = document.changes.first(where: { $0.member == member.name }) {
          writer.value(try JSONDocument(parsing: filled(change.json)).root)
        } else {
          writer.value(member.value)
        }
      }
      writer.endObject()
      return writer.finish()
    } catch {
      throw StoryFailure("the document \(name) of the plan is no JSON: \(error)")
    }
  }

  /// yyyyMMddHHmmss in Việt Nam.
  private static func time(_ moment: Timestamp) -> String {
    CivilDateTime(moment, offset: .vietnam).map(digits) ?? ""
  }

  private static func digits(_ civil: CivilDateTime) -> String {
    padded(civil.year, width: 4)
      + [civil.month, civil.day, civil.hour, civil.minute, civil.second].map { padded($0, width: 2) }.joined()
  }

  private static func padded(_ number: Int, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// Why the story cannot go on, as a sentence.
package struct StoryFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String
  package var description: String { message }

  package init(_ message: String) { self.message = message }
}
