import DocumentKit

/// Where a secret is kept: in a file or in an environment variable, never in the configuration itself.
///
/// Written `file:/run/credentials/portal-password` (a path that is not absolute begins at the configuration's folder) or
/// `env:PORTAL_PASSWORD`. The reference may be printed; the `Secret` it leads to may not.
package struct SecretReference: Sendable, Hashable, CustomStringConvertible {
  package enum Place: Sendable, Hashable {
    case file(String)
    case environment(String)
  }

  package let place: Place

  package init(_ place: Place) { self.place = place }

  /// Never repeats the text in an error: it may be the secret.
  init(parsing text: String, folder: String) throws(ConfigurationFault) {
    let remedy = Sentence(
      "write file:PATH or env:NAME; the secret itself is kept there",
      "hãy viết file:ĐƯỜNG_DẪN hoặc env:TÊN; bí mật được giữ ở đó")
    if text.hasPrefix("file:"), text.utf8.count > 5 {
      place = .file(FilePath.resolve(String(text.dropFirst(5)), in: folder))
    } else if text.hasPrefix("env:"), Self.isVariableName(text.dropFirst(4)) {
      place = .environment(String(text.dropFirst(4)))
    } else {
      throw ConfigurationFault(
        .secretInFile, Sentence("a secret is not written into the configuration", "không ghi bí mật vào tệp cấu hình"),
        remedy: remedy)
    }
  }

  /// A reference from a command line, where paths begin at the working folder; nil for a text that is none.
  package init?(_ text: String) {
    guard let reference = try? SecretReference(parsing: text, folder: ".") else { return nil }
    self = reference
  }

  package var description: String {
    switch place {
    case .file(let path): "file:\(path)"
    case .environment(let name): "env:\(name)"
    }
  }

  private static func isVariableName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
      default: false
      }
    }
  }
}
