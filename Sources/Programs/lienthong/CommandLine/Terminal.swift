import DocumentKit
import Glibc

/// Standard output and standard error, written whole.
enum Terminal {
  static func print(_ text: String) { write(Array((text + "\n").utf8), to: STDOUT_FILENO) }
  static func print(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }
  static func print(_ sentence: Sentence, in language: Language) { print(sentence.text(in: language)) }
  static func complain(_ sentence: Sentence, in language: Language) { complain(sentence.text(in: language)) }
  static func complain(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
      if written > 0 {
        start += written
      } else if errno != EINTR {
        return
      }
    }
  }
}
