import Glibc

/// Brings the bytes of a YAML file in and makes sure that they are text before libyaml sees them.
enum YAMLSourceText {
  /// Reads a whole file, at most one byte more than the limit, so that the caller's own check tells the truth.
  static func read(_ path: String, bytesLimit: Int) throws(YAMLError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, Sentence("cannot be opened", "không mở được"), errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= bytesLimit {
      let wanted = min(64 * 1024, bytesLimit + 1 - bytes.count)
      var failure: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        // The buffer has room for `wanted` bytes and read(2) writes no more than that.
        let got = Glibc.read(descriptor, buffer.baseAddress, wanted)
        failure = got < 0 ? errno : 0
        count = max(got, 0)
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw unreadable(path, Sentence("cannot be read", "không đọc được"), failure) }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  /// Refuses bytes that are not UTF-8 and characters outside YAML's printable set (YAML 1.2 §5.1), with their place.
  ///
  /// U+0085, U+2028 and U+2029 are refused too: libyaml ends a line at them and editors do not, so every position
  /// behind them would be wrong. In double quotes they can be written \N, \L and \P.
  static func check(_ bytes: ArraySlice<UInt8>, file: String) throws(YAMLError) {
    var decoder = UTF8()
    var input = bytes.makeIterator()
    var line = 1
    var column = 1
    var afterReturn = false
    while true {
      let scalar: Unicode.Scalar
      switch decoder.decode(&input) {
      case .emptyInput: return
      case .error:
        let place = YAMLPosition(file: file, line: line, column: column)
        throw YAMLError(
          .encoding, at: place, Sentence("the bytes here are not UTF-8", "các byte ở đây không phải là UTF-8"),
          remedy: Sentence("save the file as UTF-8", "hãy lưu tệp theo UTF-8"))
      case .scalarValue(let value): scalar = value
      }
      let isLineFeedOfPair = afterReturn && scalar == "\n"
      afterReturn = scalar == "\r"
      if isLineFeedOfPair { continue }
      guard isAllowed(scalar) else {
        let place = YAMLPosition(file: file, line: line, column: column)
        let number = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
        throw YAMLError(
          .encoding, at: place,
          Sentence(
            "the character \(name) is not allowed in YAML text", "ký tự \(name) không được phép trong văn bản YAML"),
          remedy: Sentence(
            "remove it, or escape it in double quotes", "hãy bỏ đi, hoặc viết dạng thoát trong dấu nháy kép"))
      }
      if scalar == "\n" || scalar == "\r" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF: true
    case 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private static func unreadable(_ path: String, _ problem: Sentence, _ code: Int32) -> YAMLError {
    YAMLError(
      .unreadable, at: YAMLPosition(file: path, line: 1, column: 1),
      Sentence("the file ", "tệp ") + problem + Sentence(same: ": \(String(cString: strerror(code)))"),
      remedy: Sentence("check the path and the permissions", "hãy kiểm tra đường dẫn và quyền truy cập"))
  }
}
