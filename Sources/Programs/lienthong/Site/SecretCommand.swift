import CryptographyKit

/// `lienthong secret`: makes secrets and the stored forms that sites keep of them.
enum SecretCommand: Command {
  static let name = "secret"
  static let summary = "make an API key, or the stored form of a key or password"
  static let help = """
    Usage: lienthong secret new              a new API key, and the line for the party's file
           lienthong secret digest FILE      the stored form of the API key in FILE
           lienthong secret password FILE    the stored form of the password in FILE

    FILE is - for standard input; white space at its end does not count. Secrets are read from files, never from the
    command line, where other users of the machine could see them.

    Exit codes: 0 written · 2 the file cannot be read or is empty
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    switch arguments.words.first {
    case "new" where arguments.words.count == 1:
      let key = Base64URL.encode(SecureRandom.bytes(32))
      Terminal.print("\(key)\n- { apiKey: \"sha256:\(Hexadecimal.encode(SHA256.hash(key)))\" }")
    case "digest" where arguments.words.count == 2:
      Terminal.print("sha256:" + Hexadecimal.encode(SHA256.hash(try secret(in: arguments.words[1]))))
    case "password" where arguments.words.count == 2:
      let secret = try secret(in: arguments.words[1])
      do throws(CryptographyError) {
        Terminal.print(try PasswordHash(password: secret).text)
      } catch {
        throw .failed(error.message)
      }
    default: throw .unusable("say `secret new`, `secret digest FILE` or `secret password FILE`")
    }
    return .success
  }

  private static func secret(in path: String) throws(CommandFailure) -> String {
    var bytes = try FileBytes.read(path)
    while let last = bytes.last, last == 0x0a || last == 0x0d || last == 0x20 || last == 0x09 { bytes.removeLast() }
    guard !bytes.isEmpty else { throw .unusable("'\(path)' holds no secret") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
