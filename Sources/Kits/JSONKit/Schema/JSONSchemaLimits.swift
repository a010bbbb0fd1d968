/// What compiling a schema and validating by it may cost.
///
/// A validation that reaches one of its limits is never valid: it ends with a finding that names the limit.
package struct JSONSchemaLimits: Sendable, Equatable {
  /// The greatest number of schemas inside a compiled schema, with all it refers to.
  package var schemas: Int
  /// How many findings a validation reports; the rest is left out.
  package var findings: Int
  /// How deeply schemas may be applied inside one another, references and members counted. The standard depth needs
  /// between 512 KiB and 1 MiB of stack in a release build; a thread with less must be given a smaller limit.
  package var depth: Int
  /// How many times a schema is applied in one validation.
  package var steps: Int
  /// How many steps of PCRE2 one match may take.
  package var patternSteps: Int
  /// How many matches of one validation may need more than a few steps per byte.
  package var costlyPatterns: Int
  /// How deeply PCRE2 may remember places to go back to, in one match.
  package var patternDepth: Int
  /// How much memory PCRE2 may use for them, in KiB.
  package var patternHeapKibibytes: Int

  package static let standard = JSONSchemaLimits()

  /// Makes limits that differ from the standard ones where an argument is given; traps on limits below 1.
  package init(
    schemas: Int = 100_000, findings: Int = 100, depth: Int = 512, steps: Int = 20_000_000,
    patternSteps: Int = 1_000_000, costlyPatterns: Int = 50, patternDepth: Int = 100_000,
    patternHeapKibibytes: Int = 16_384
  ) {
    let all = [
      schemas, findings, depth, steps, patternSteps, costlyPatterns, patternDepth, patternHeapKibibytes,
    ]
    precondition(all.allSatisfy { $0 > 0 && $0 <= Int(UInt32.max) }, "a schema limit is at least 1 and fits 32 bits")
    self.schemas = schemas
    self.findings = findings
    self.depth = depth
    self.steps = steps
    self.patternSteps = patternSteps
    self.costlyPatterns = costlyPatterns
    self.patternDepth = patternDepth
    self.patternHeapKibibytes = patternHeapKibibytes
  }
}
