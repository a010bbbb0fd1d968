import Translation
import XMLKit

/// What changing one leaf of a source showed of a stylesheet.
struct LeafTrial {
  /// A place of the output at which the leaf's text comes out, all of it or a part.
  struct Arrival {
    /// Characters of the text that come out here, by their number.
    var offsets: Set<Int> = []
    /// The conversions on the way, the first one first, as they were asked with a marked text, or with a mark in place
    /// of the text as long as `offsets` is empty.
    var calls: [StylesheetCall]
  }

  let leaf: XMLNode
  /// Characters before which a mark was put.
  var tried: Set<Int> = []
  /// By the path of the place in the output.
  var arrivals: [String: Arrival] = [:]
  /// Places of the output that change without the text standing in them; of what comes or goes as a whole its path.
  var moved: Set<String> = []
  /// Whether the document may be refused, held or fail because of the leaf.
  var decidesOutcome = false

  /// Whether the untouched text stands whole at a place where its marks come out. A mark may then fail to come out only
  /// because a condition is no longer true of the marked text, and nothing of it is missing.
  var standsWhole = false

  /// Characters that come out at no place.
  var missing: Set<Int> { standsWhole ? [] : arrivals.values.reduce(tried) { $0.subtracting($1.offsets) } }

  /// The conversions of the text at one place, each with what it made of what; nil if the document is stopped there.
  func steps(at path: String) -> [(step: ConversionStep, input: String, output: String)]? {
    guard let arrival = arrivals[path] else { return [] }
    var steps: [(step: ConversionStep, input: String, output: String)] = []
    for call in arrival.calls {
      // The first conversion was asked with the marked text of the leaf, each further one with what came of that.
      let asked = StylesheetMark.replaced(in: call.input, by: arrival.offsets.isEmpty ? leaf.text : "")
      let input = steps.last?.output ?? asked
      guard let step = call.step(for: input), let output = step.applied(to: input) else { return nil }
      steps.append((step, input, output))
    }
    return steps
  }
}
