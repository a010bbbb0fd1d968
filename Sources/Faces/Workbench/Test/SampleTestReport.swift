import Translation

/// How samples of a mapping's source schema did.
package struct SampleTestReport: Sendable {
  package enum Kind: String, Sendable {
    /// The output breaks the target's schema.
    case invalidTarget = "invalid-target"
    /// The way there and back lost or changed something that neither mapping says it would.
    case roundTrip = "round-trip"
    /// A declared loss that no sample shows.
    case unfounded
    /// The translation failed for a reason that is not the document's.
    case unusable
  }

  /// What must not happen to a valid document. Samples are invented, so texts may be told.
  package struct Failure: Sendable, Equatable {
    package let kind: Kind
    /// From 1; the same seed makes the same sample of this number. 0 of what no sample shows.
    package let sample: Int
    /// In the output, of a round trip in the source.
    package let path: String
    /// The rule of the schema that is broken, of a round trip `added`, `removed` or `changed`.
    package let rule: String
    package let message: String
  }

  package let mapping: String
  package let seed: UInt64
  /// The mapping of the opposite direction; nil without round trips.
  package let opposite: String?
  package internal(set) var samples = 0
  package internal(set) var translated = 0
  /// How many came back to be compared.
  package internal(set) var returned = 0
  /// Samples held or refused, by `held TABLE` or `refused RULE`; a sample that several stop counts for each.
  package internal(set) var stopped: [String: Int] = [:]
  /// The same on the way back.
  package internal(set) var stoppedOnReturn: [String: Int] = [:]
  /// What the mapping declares to be lost, with how many differences each declaration covered.
  package internal(set) var declared: [(loss: DeclaredLoss, differences: Int)] = []
  package internal(set) var failures: [Failure] = []

  init(mapping: Mapping, seed: UInt64, opposite: String?) {
    self.mapping = mapping.label
    self.seed = seed
    self.opposite = opposite
  }

  package var isPassed: Bool { failures.isEmpty }

  /// The commands that make the sample of a failure again and run it.
  package func repetition(of failure: Failure) -> String? {
    guard failure.sample > 0 else { return nil }
    return "lienthong map sample \(mapping) --seed \(seed) --number \(failure.sample) | lienthong map run \(mapping) -"
  }
}
