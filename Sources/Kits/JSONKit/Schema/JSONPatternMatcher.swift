import CPCRE2

/// Matches the patterns of one validation, within limits that make a costly pattern a finding instead of a stall.
///
/// Each match first gets few steps, in proportion to its subject. One that needs more is tried again with
/// `patternSteps`, and only `costlyPatterns` such tries are granted to a validation, so that also many strings that are
/// each just bearable cannot add up. Belongs to one validation on one thread.
struct JSONPatternMatcher: ~Copyable {
  enum Outcome {
    case match, noMatch, tooCostly
  }

  private let limits: JSONSchemaLimits
  private var costlyLeft: Int
  private let matchData: OpaquePointer
  private let context: OpaquePointer

  init(limits: JSONSchemaLimits) {
    self.limits = limits
    costlyLeft = limits.costlyPatterns
    // One pair of offsets suffices: only whether it matches is asked.
    guard let matchData = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil) else {
      fatalError("PCRE2 could not allocate its match data: out of memory")
    }
    self.matchData = matchData
    self.context = context
    pcre2_set_heap_limit_8(context, UInt32(limits.patternHeapKibibytes))
    pcre2_set_depth_limit_8(context, UInt32(limits.patternDepth))
  }

  deinit {
    pcre2_match_data_free_8(matchData)
    pcre2_match_context_free_8(context)
  }

  /// Whether the pattern is found in the subject, which must be UTF-8 (strings of a `JSONDocument` are); whoever lends
  /// the pattern's code holds the pattern.
  mutating func match(_ pattern: JSONPattern.Code, in subject: UnsafeBufferPointer<UInt8>) -> Outcome {
    let outcome = run(pattern, subject, steps: min(limits.patternSteps, 2_000 + 16 * subject.count))
    guard outcome == .tooCostly, costlyLeft > 0 else { return outcome }
    costlyLeft -= 1
    return run(pattern, subject, steps: limits.patternSteps)
  }

  private func run(_ pattern: JSONPattern.Code, _ subject: UnsafeBufferPointer<UInt8>, steps: Int) -> Outcome {
    // PCRE2 counts anew for each place where a match may begin; an unanchored pattern shares its steps between them.
    let perStart = pattern.isAnchored ? steps : max(64, steps / max(1, subject.count))
    pcre2_set_match_limit_8(context, UInt32(perStart))
    var status = call(pattern, subject, PCRE2_NO_UTF_CHECK)
    // The JIT's stack is small; the interpreter keeps its frames on a heap with its own limit.
    if status == PCRE2_ERROR_JIT_STACKLIMIT { status = call(pattern, subject, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT) }
    if status >= 0 { return .match }
    return status == PCRE2_ERROR_NOMATCH ? .noMatch : .tooCostly
  }

  private func call(_ pattern: JSONPattern.Code, _ subject: UnsafeBufferPointer<UInt8>, _ options: UInt32) -> Int32 {
    // PCRE2 takes no null subject before 10.38; an empty buffer may have no address.
    guard let base = subject.baseAddress else {
      return withUnsafePointer(to: UInt8(0)) { pcre2_match_8(pattern.pointer, $0, 0, 0, options, matchData, context) }
    }
    return pcre2_match_8(pattern.pointer, base, subject.count, 0, options, matchData, context)
  }
}
