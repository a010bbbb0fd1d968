import CPCRE2

/// A compiled regular expression of a schema (ECMA-262 in, PCRE2 underneath), shared by all threads.
final class JSONPattern: @unchecked Sendable {
  // @unchecked: `code` is written only here, before any sharing; PCRE2 only reads compiled code while matching
  // (pcre2api, "Multithreading"), and the JIT compilation is over when `init` returns.
  let code: Code

  /// What a match needs of it; valid as long as the pattern lives.
  struct Code {
    let pointer: OpaquePointer
    /// Matching can begin only at the start of the subject.
    let isAnchored: Bool
  }

  /// Compiles an expression; the fault says what is wrong with it.
  init(_ source: String) throws(ECMAPattern.Fault) {
    let pattern = Array(try ECMAPattern.translated(source).utf8)
    let options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C
    var errorCode: Int32 = 0
    var errorOffset = 0
    guard let code = pcre2_compile_8(pattern, pattern.count, options, &errorCode, &errorOffset, nil) else {
      throw ECMAPattern.Fault(reason: Self.message(errorCode), index: 0)
    }
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)  // without JIT (no executable memory) matching is only slower
    var allOptions: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_ALLOPTIONS), &allOptions)
    self.code = Code(pointer: code, isAnchored: allOptions & PCRE2_ANCHORED != 0)
  }

  deinit { pcre2_code_free_8(code.pointer) }

  private static func message(_ errorCode: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(errorCode, &text, text.count)
    return String(decoding: text.prefix(Int(max(0, length))), as: UTF8.self)
  }
}
