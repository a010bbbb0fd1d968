/// A regular expression for single texts in the dialect of JSON Schema (ECMA-262), shared by all threads.
///
/// It is found anywhere in a text unless it begins with `^` and ends with `$`. A match that would take more steps than
/// `JSONSchemaLimits` grant counts as not found, so that no text can stall the one who asks.
package final class TextPattern: Sendable {
  /// Why a text is no regular expression.
  package struct Fault: Error, Sendable {
    package let message: String
  }

  /// As written.
  package let source: String
  private let pattern: JSONPattern

  package init(_ source: String) throws(Fault) {
    do throws(ECMAPattern.Fault) {
      pattern = try JSONPattern(source)
    } catch {
      throw Fault(message: error.reason)
    }
    self.source = source
  }

  package func isFound(in text: String) -> Bool {
    var matcher = JSONPatternMatcher(limits: .standard)
    var text = text
    return withExtendedLifetime(pattern) { text.withUTF8 { matcher.match(pattern.code, in: $0) == .match } }
  }
}
