import ServiceKit

/// What somebody would like to find in a sample, by path below its root: `owner/identity/@kind`.
///
/// The maker of samples knows nothing of the reasons. A hint never makes a sample invalid: a text that the schema does not
/// allow at its place is not taken.
struct SampleHints {
  /// Makes a text; nil if it has none this time.
  typealias Supply = (inout SeededGenerator) -> String?

  /// What is wanted at one place.
  struct Texts {
    var supplies: [Supply] = []
    /// A text is to pass all of these,
    var tests: [(String) -> Bool] = []
    /// and one of these, if there are any.
    var alternatives: [(String) -> Bool] = []

    func accepts(_ text: String) -> Bool {
      tests.allSatisfy { $0(text) } && (alternatives.isEmpty || alternatives.contains { $0(text) })
    }
  }

  /// Elements that are told apart by the text of one of their own: one of each is wanted.
  struct Members {
    /// A name, or a path below the element.
    var key: String
    var texts: [String]
  }

  var texts: [String: Texts] = [:]
  /// By the path of the element.
  var members: [String: Members] = [:]
  /// Places that are there if the schema lets them.
  var needed: Set<String> = []
}
