package import DocumentKit

/// What is missing or wrong in a party's `receives` for the profile it names; all of it at once.
package struct DestinationError: Error, Sendable, Equatable, CustomStringConvertible {
  package struct Problem: Sendable, Equatable {
    package enum Code: String, Sendable, CaseIterable {
      case invalidAddress
      case missingValue
      case unknownValue
      case missingSecret
      case unknownSecret
      case unsendableField
      case unusableSecret
      case outOfRange
      case unknownPoll
      case unknownDictionary
    }

    package var code: Code
    /// The keys below `receives` that lead to the place, such as `["secrets", "apiKey"]`; the last may be absent there.
    package var path: [String]
    /// A sentence without values or secrets.
    package var message: Sentence
    package var remedy: Sentence
  }

  package var problems: [Problem]

  package var description: String {
    problems.map { "\($0.path.joined(separator: "/")): " + $0.message.text(in: .english, remedy: $0.remedy) }.joined(
      separator: "\n")
  }
}
