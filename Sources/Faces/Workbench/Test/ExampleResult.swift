package import DocumentKit

/// How one example of a mapping did.
package struct ExampleResult: Sendable {
  package enum Failure: Sendable {
    /// Translated to something else than the golden.
    case different([StructuralDifference])
    /// There is no golden to compare with.
    case missing(String)
    /// The input breaks the source's schema.
    case invalidSource([Finding])
    /// The output breaks the target's schema.
    case invalidTarget([Finding])
    /// Held or refused where a document was expected, or the other way round, or for another reason.
    case otherOutcome(expected: String, found: String)
    /// A file cannot be read, or the translation failed.
    case unusable(String)
  }

  package let example: MappingExample
  /// Empty if it did what it should.
  package let failures: [Failure]
  /// The golden was written anew.
  package let isUpdated: Bool

  package var isPassed: Bool { failures.isEmpty }
}

extension ExampleResult.Failure {
  /// The failure in lines, the first of which says what is wrong.
  package var lines: [String] {
    switch self {
    case .different(let differences):
      ["the output is not the golden (- golden, + output, ~ golden → output):"] + differences.map { "  " + $0.text }
    case .missing(let path): ["there is no golden \(path); --update writes it"]
    case .invalidSource(let findings): ["the input breaks the source's schema:"] + findings.map { "  " + $0.sentence }
    case .invalidTarget(let findings): ["the output breaks the target's schema:"] + findings.map { "  " + $0.sentence }
    case .otherOutcome(let expected, let found): ["expected: \(expected)", "found:    \(found)"]
    case .unusable(let message): [message]
    }
  }
}
